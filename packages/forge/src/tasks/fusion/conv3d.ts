import { groupNorm, instanceNorm } from "../layers/normalization.ts";
import { maxPool } from "../layers/pooling.ts";
import { conv3d } from "./families.ts";

/** Convolution 3d (3 x 3 x 3, stride 1, no padding where nothing else is said), then a chain. */
export const conv3dTasks = [
  conv3d(
    "conv3d_divide_max_global_avg_pool_bias_add_sum",
    [128, 8, 16, 16, 64, 64],
    "/ 2, max pool 2, mean over the volume, + bias a channel, sum over channels",
    (x) => {
      const pooled = maxPool(x.div(2), 2).mean([2, 3, 4], true);
      return pooled.add(x.perChannel("bias2")).sum([1]);
    },
    { least: 4 },
  ),
  conv3d(
    "conv3d_group_norm_mean",
    [128, 3, 24, 24, 32, 32],
    "group norm (8), mean over all but the batch",
    (x) => groupNorm(x, 8).mean([1, 2, 3, 4]),
    { groups: 8 },
  ),
  conv3d(
    "conv3d_group_norm_min_clamp_dropout",
    [128, 3, 16, 16, 64, 64],
    "group norm (8), min(x, 0), clamp to [0, 1], dropout at inference: always 0",
    (x) => groupNorm(x, 8).minimum(0).clamp(0, 1),
    { groups: 8 },
  ),
  conv3d(
    "conv3d_hardswish_relu_softmax_mean",
    [1024, 3, 16, 16, 32, 32],
    "kernel 4; hard swish, group norm (4), mean over the volume",
    (x) => groupNorm(x.hardSwish(), 4).mean([2, 3, 4]),
    { groups: 4, kernel: 4, least: 4 },
  ),
  conv3d(
    "conv3d_leaky_relu_sum_clamp_gelu",
    [128, 8, 64, 16, 64, 64],
    "leaky relu (0.2), + bias a channel, clamp to [-1, 1], gelu",
    (x) => x.leakyRelu(0.2).add(x.perChannel("bias2")).clamp(-1, 1).gelu(),
  ),
  conv3d(
    "conv3d_max_log_sum_exp_relu",
    [4, 32, 64, 32, 128, 128],
    "padding 1; max pool 2, log sum exp over channels, relu",
    (x) => maxPool(x, 2).logSumExp(1, true).relu(),
    { padding: 1, least: 2 },
  ),
  conv3d(
    "conv3d_min_softmax",
    [128, 3, 24, 24, 32, 32],
    "min over the depth, softmax over channels",
    (x) => x.min(2).softmax(1),
  ),
  conv3d("conv3d_mish_tanh", [16, 32, 64, 32, 64, 64], "mish, tanh", (x) => x.mish().tanh()),
  conv3d(
    "conv3d_multiply_instance_norm_clamp_multiply_max",
    [128, 3, 16, 16, 32, 32],
    "* factor a channel, instance norm, clamp to [-1, 1], * the same factor, max over channels",
    (x) => {
      const factor = x.perChannel("factor");
      return instanceNorm(x.mul(factor)).clamp(-1, 1).mul(factor).max(1);
    },
  ),
  conv3d(
    "conv3d_relu_leaky_relu_gelu_sigmoid_bias_add",
    [64, 8, 32, 32, 64, 64],
    "relu, leaky relu (0.01), gelu, sigmoid, + bias a channel",
    (x) => x.relu().leakyRelu(0.01).gelu().sigmoid().add(x.perChannel("bias2")),
  ),
  conv3d(
    "conv3d_scaling_tanh_multiply_sigmoid",
    [128, 3, 16, 16, 64, 64],
    "* scale a channel, tanh, * bias a channel, sigmoid",
    (x) => x.mul(x.perChannel("scale")).tanh().mul(x.perChannel("bias2")).sigmoid(),
  ),
  conv3d(
    "conv3d_softmax_max_pool_max_pool",
    [128, 3, 16, 16, 32, 32],
    "softmax over channels, max pool 2 twice",
    (x) => maxPool(maxPool(x.softmax(1), 2), 2),
    { least: 6 },
  ),
];
