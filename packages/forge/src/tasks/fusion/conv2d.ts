import { batchNorm, groupNorm, instanceNorm } from "../layers/normalization.ts";
import { avgPool, maxPool } from "../layers/pooling.ts";
import { conv2d } from "./families.ts";

/** Convolution 2d (3 x 3, stride 1, no padding, with bias), then a short chain. */
export const conv2dTasks = [
  conv2d(
    "conv2d_activation_batch_norm",
    [64, 64, 128, 128, 128],
    "x tanh(softplus(x)), batch norm over the batch's own statistics",
    (x) => batchNorm(x.mish()),
  ),
  conv2d(
    "conv2d_add_scale_sigmoid_group_norm",
    [128, 8, 32, 256, 256],
    "+ bias, * scale (each a channel), sigmoid, group norm (8)",
    (x) => groupNorm(x.add(x.perChannel("bias2")).mul(x.perChannel("scale")).sigmoid(), 8),
    { groups: 8 },
  ),
  conv2d(
    "conv2d_avg_pool_sigmoid_sum",
    [128, 8, 64, 384, 384],
    "average pool 4, sigmoid, sum over all but the batch",
    (x) => avgPool(x, 4).sigmoid().sum([1, 2, 3]),
    { least: 6 },
  ),
  conv2d(
    "conv2d_batch_norm_scaling",
    [128, 8, 64, 128, 128],
    "batch norm over the batch's own statistics, * 2",
    (x) => batchNorm(x).mul(2),
  ),
  conv2d("conv2d_divide_leaky_relu", [128, 8, 64, 128, 128], "/ 2, leaky relu (0.01)", (x) =>
    x.div(2).leakyRelu(0.01),
  ),
  conv2d("conv2d_gelu_global_avg_pool", [128, 8, 64, 256, 256], "gelu, mean over the plane", (x) =>
    x.gelu().mean([2, 3]),
  ),
  conv2d(
    "conv2d_group_norm_scale_max_pool_clamp",
    [128, 8, 64, 128, 128],
    "group norm (16), * scale a channel, max pool 4, clamp to [0, 1]",
    (x) => maxPool(groupNorm(x, 16).mul(x.perChannel("scale")), 4).clamp(0, 1),
    { groups: 16, least: 6 },
  ),
  conv2d(
    "conv2d_group_norm_tanh_hard_swish_residual_add_log_sum_exp",
    [128, 8, 64, 128, 128],
    "y = hard swish(tanh(group norm (16))), log sum exp over channels of the convolution + y",
    (x) => x.add(groupNorm(x, 16).tanh().hardSwish()).logSumExp(1, true),
    { groups: 16 },
  ),
  conv2d("conv2d_hard_swish_relu", [128, 8, 64, 128, 128], "hard swish, relu", (x) =>
    x.hardSwish().relu(),
  ),
  conv2d(
    "conv2d_instance_norm_divide",
    [128, 64, 128, 128, 128],
    "instance norm without weights, / 2",
    (x) => instanceNorm(x).div(2),
  ),
  conv2d(
    "conv2d_min_add_multiply",
    [128, 64, 128, 128, 128],
    "min(x, 0.5), + bias a channel, * 2",
    (x) => x.minimum(0.5).add(x.perChannel("bias2")).mul(2),
  ),
  conv2d("conv2d_min_tanh_tanh", [128, 16, 64, 256, 256], "min over channels, tanh twice", (x) =>
    x.min(1, true).tanh().tanh(),
  ),
  conv2d("conv2d_mish_mish", [64, 64, 128, 256, 256], "mish twice", (x) => x.mish().mish()),
  conv2d(
    "conv2d_multiply_leaky_relu_gelu",
    [64, 64, 64, 256, 256],
    "* factor a channel, leaky relu (0.01), gelu",
    (x) => x.mul(x.perChannel("factor")).leakyRelu(0.01).gelu(),
  ),
  conv2d("conv2d_relu_bias_add", [128, 64, 128, 128, 128], "relu, + bias a channel", (x) =>
    x.relu().add(x.perChannel("bias2")),
  ),
  conv2d("conv2d_relu_hard_swish", [128, 8, 64, 128, 128], "relu, hard swish", (x) =>
    x.relu().hardSwish(),
  ),
  conv2d("conv2d_scaling_min", [64, 64, 128, 256, 256], "* 2, min over channels", (x) =>
    x.mul(2).min(1, true),
  ),
  conv2d(
    "conv2d_subtract_hard_swish_max_pool_mish",
    [128, 64, 128, 128, 128],
    "- 0.5, hard swish, max pool 2, mish",
    (x) => maxPool(x.sub(0.5).hardSwish(), 2).mish(),
    { least: 4 },
  ),
  conv2d("conv2d_subtract_subtract_mish", [128, 8, 64, 256, 256], "- 0.5, - 0.2, mish", (x) =>
    x.sub(0.5).sub(0.2).mish(),
  ),
  conv2d(
    "conv2d_subtract_tanh_subtract_avg_pool",
    [128, 64, 128, 128, 128],
    "- 0.5, tanh, - 0.2, average pool 2",
    (x) => avgPool(x.sub(0.5).tanh().sub(0.2), 2),
    { least: 4 },
  ),
  conv2d(
    "conv2d_tanh_scaling_bias_add_max",
    [128, 8, 64, 256, 256],
    "tanh, * 2, + bias a channel, max pool 4",
    (x) => maxPool(x.tanh().mul(2).add(x.perChannel("bias2")), 4),
    { least: 6 },
  ),
];
