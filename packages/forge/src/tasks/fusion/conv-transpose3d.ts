import { batchNorm, groupNorm, layerNorm } from "../layers/normalization.ts";
import { avgPool, maxPool } from "../layers/pooling.ts";
import { convTranspose3d } from "./families.ts";

const strided = { stride: 2, padding: 1 };
const doubling = { ...strided, outputPadding: 1 };

/** Transposed convolution 3d with bias, then a short chain; the options say what is not 3, 1, 0, 0. */
export const convTranspose3dTasks = [
  convTranspose3d(
    "conv_transpose3d_add_hard_swish",
    [128, 32, 64, 16, 16, 16],
    "+ a second input of the output's shape, x * hard swish(x)",
    (x) => {
      const sum = x.add(x.net.input("addend", x.shape));
      return sum.mul(sum.hardSwish());
    },
    doubling,
  ),
  convTranspose3d(
    "conv_transpose3d_avg_pool_clamp_softmax_multiply",
    [32, 32, 64, 32, 64, 64],
    "average pool 2 before; clamp to [0, 1], softmax over the volume, * scale a channel",
    (x) => {
      const flat = x.clamp(0, 1).flatten(2).softmax(2);
      return flat.reshape(x.shape).mul(x.perChannel("scale"));
    },
    { ...doubling, before: (x) => avgPool(x, 2), least: 4 },
  ),
  convTranspose3d(
    "conv_transpose3d_batch_norm_avg_pool_avg_pool",
    [64, 3, 16, 32, 32, 32],
    "batch norm over the batch's own statistics, average pool 2 twice",
    (x) => avgPool(avgPool(batchNorm(x), 2), 2),
    { ...strided, least: 3 },
  ),
  convTranspose3d(
    "conv_transpose3d_batch_norm_subtract",
    [16, 16, 32, 16, 32, 32],
    "batch norm over the batch's own statistics, - its mean over the volume",
    (x) => {
      const y = batchNorm(x);
      return y.sub(y.mean([2, 3, 4], true));
    },
    { ...strided, least: 2 },
  ),
  convTranspose3d(
    "conv_transpose3d_clamp_min_divide",
    [16, 32, 16, 16, 32, 32],
    "max(x, -1), / 2",
    (x) => x.maximum(-1).div(2),
    strided,
  ),
  convTranspose3d(
    "conv_transpose3d_layer_norm_gelu_scaling",
    [32, 32, 64, 16, 32, 32],
    "layer norm over the width, gelu, * 1",
    (x) => layerNorm(x).gelu().mul(1),
    { kernel: 4, ...strided },
  ),
  convTranspose3d(
    "conv_transpose3d_leaky_relu_multiply_leaky_relu_max",
    [16, 16, 32, 16, 32, 32],
    "leaky relu (0.2), * factor a channel, leaky relu (0.2), max pool 2",
    (x) => maxPool(x.leakyRelu(0.2).mul(x.perChannel("factor")).leakyRelu(0.2), 2),
    doubling,
  ),
  convTranspose3d(
    "conv_transpose3d_log_sum_exp_hard_swish_subtract_clamp_max",
    [128, 3, 16, 16, 32, 32],
    "log sum exp over channels, x * sigmoid(x + 3) / 6, - one bias, clamp to [-1, 1]",
    (x) => {
      const y = x.logSumExp(1, true);
      const swished = y.mul(y.add(3).sigmoid()).div(6);
      return swished.sub(x.net.weight("bias2", [1, 1, 1, 1])).clamp(-1, 1);
    },
    strided,
  ),
  convTranspose3d(
    "conv_transpose3d_max_max_sum",
    [16, 32, 64, 32, 32, 32],
    "max pool 2, max pool 3, sum over channels",
    (x) => maxPool(maxPool(x, 2), 3).sum([1], true),
    { kernel: 5, stride: 2, padding: 2, least: 4 },
  ),
  convTranspose3d(
    "conv_transpose3d_max_pool_softmax_subtract_swish_max",
    [128, 3, 16, 16, 32, 32],
    "max pool 2, softmax over channels, - bias a channel, swish, max over channels",
    (x) => maxPool(x, 2).softmax(1).sub(x.perChannel("bias2")).swish().max(1),
    doubling,
  ),
  convTranspose3d(
    "conv_transpose3d_multiply_max_global_avg_pool_clamp",
    [128, 3, 16, 16, 32, 32],
    "* 0.5, max pool 2, mean over the volume, clamp to [0, 1]",
    (x) => maxPool(x.mul(0.5), 2).mean([2, 3, 4], true).clamp(0, 1),
    { ...strided, least: 2 },
  ),
  convTranspose3d(
    "conv_transpose3d_scale_batch_norm_global_avg_pool",
    [16, 64, 128, 16, 32, 32],
    "* 2, batch norm over the batch's own statistics, mean over the volume",
    (x) => batchNorm(x.mul(2)).mean([2, 3, 4], true),
    { kernel: 5 },
  ),
  convTranspose3d(
    "conv_transpose3d_scaling_avg_pool_bias_add_scaling",
    [128, 3, 16, 16, 32, 32],
    "* scale, average pool 2, + bias a channel, * a second scale",
    (x) => {
      const pooled = avgPool(x.mul(x.net.weight("scale1", [1])), 2);
      return pooled.add(x.perChannel("bias2")).mul(x.net.weight("scale2", [1]));
    },
    { ...strided, least: 2 },
  ),
  convTranspose3d(
    "conv_transpose3d_softmax_sigmoid",
    [16, 32, 64, 16, 32, 32],
    "softmax over channels, sigmoid",
    (x) => x.softmax(1).sigmoid(),
    doubling,
  ),
  convTranspose3d(
    "conv_transpose3d_sum_layer_norm_avg_pool_gelu",
    [32, 32, 64, 16, 32, 32],
    "+ one weight, layer norm over the width, average pool 2, gelu",
    (x) => avgPool(layerNorm(x.add(x.net.weight("addend", [1]))), 2).gelu(),
    doubling,
  ),
  convTranspose3d(
    "conv_transpose3d_sum_residual_add_multiply_residual_add",
    [16, 32, 64, 16, 32, 32],
    "((x + bias a channel) + x) * x + x",
    (x) => x.add(x.perChannel("bias2")).add(x).mul(x).add(x),
    doubling,
  ),
  convTranspose3d(
    "conv_transpose3d_swish_group_norm_hard_swish",
    [128, 3, 16, 16, 32, 32],
    "swish, group norm (4), hard swish",
    (x) => groupNorm(x.swish(), 4).hardSwish(),
    { ...strided, groups: 4 },
  ),
  convTranspose3d(
    "convtranspose3d_mean_add_softmax_tanh_scaling",
    [16, 16, 64, 32, 128, 128],
    "mean over the depth, + bias a channel, softmax over channels, tanh, * 2",
    (x) => x.mean([2], true).add(x.perChannel("bias2")).softmax(1).tanh().mul(2),
    { padding: 1 },
  ),
  convTranspose3d(
    "convtranspose3d_relu_groupnorm",
    [16, 64, 128, 8, 16, 16],
    "without bias; relu, group norm (8)",
    (x) => groupNorm(x.relu(), 8),
    { bias: false, groups: 8 },
  ),
];
