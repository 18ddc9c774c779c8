import { batchNorm, groupNorm } from "../layers/normalization.ts";
import { maxPool } from "../layers/pooling.ts";
import { convTranspose2d } from "./families.ts";

const doubling = { stride: 2, padding: 1, outputPadding: 1 };

/** Transposed convolution 2d with bias, then a short chain; the options say what is not 3, 1, 0, 0. */
export const convTranspose2dTasks = [
  convTranspose2d(
    "conv_transpose2d_add_min_gelu_multiply",
    [128, 64, 128, 64, 64],
    "+ 0.5, min(x, 0), gelu, * 2",
    (x) => x.add(0.5).minimum(0).gelu().mul(2),
    { kernel: 4, stride: 2 },
  ),
  convTranspose2d(
    "conv_transpose2d_bias_add_clamp_scaling_clamp_divide",
    [128, 64, 64, 128, 128],
    "+ bias a channel, clamp to [0, 1], * 2, clamp to [0, 1], / 2",
    (x) => x.add(x.perChannel("bias2")).clamp(0, 1).mul(2).clamp(0, 1).div(2),
    doubling,
  ),
  convTranspose2d(
    "conv_transpose2d_gelu_group_norm",
    [128, 64, 64, 256, 256],
    "gelu, group norm (8)",
    (x) => groupNorm(x.gelu(), 8),
    { groups: 8 },
  ),
  convTranspose2d(
    "conv_transpose2d_max_pool_hardtanh_mean_tanh",
    [128, 64, 64, 256, 256],
    "max pool 2, clamp to [-1, 1], mean over the plane, tanh",
    (x) => maxPool(x, 2).clamp(-1, 1).mean([2, 3], true).tanh(),
    { padding: 1, least: 2 },
  ),
  convTranspose2d(
    "conv_transpose2d_min_sum_gelu_add",
    [16, 64, 128, 128, 128],
    "min over channels, sum over the height, gelu, + one bias",
    (x) =>
      x
        .min(1, true)
        .sum([2], true)
        .gelu()
        .add(x.net.weight("bias2", [1, 1, 1])),
    doubling,
  ),
  convTranspose2d(
    "conv_transpose2d_mish_add_hardtanh_scaling",
    [128, 64, 64, 128, 128],
    "mish, + 0.5, clamp to [-1, 1], * 2",
    (x) => x.mish().add(0.5).clamp(-1, 1).mul(2),
    doubling,
  ),
  convTranspose2d(
    "conv_transpose2d_multiply_global_avg_pool_global_avg_pool_mean",
    [16, 64, 128, 128, 128],
    "* 0.5, mean over the plane, twice",
    (x) => x.mul(0.5).mean([2, 3], true).mean([2, 3], true),
    doubling,
  ),
  convTranspose2d(
    "conv_transpose2d_subtract_tanh",
    [32, 64, 64, 256, 256],
    "- bias a channel, tanh",
    (x) => x.sub(x.perChannel("bias2")).tanh(),
    { kernel: 4, ...doubling },
  ),
  convTranspose2d(
    "convtranspose2d_batchnorm_tanh_maxpool_groupnorm",
    [512, 64, 128, 32, 32],
    "batch norm over the batch's own statistics, tanh, max pool 2, group norm (8)",
    (x) => groupNorm(maxPool(batchNorm(x).tanh(), 2), 8),
    { kernel: 5, padding: 1, groups: 8, least: 2 },
  ),
  convTranspose2d(
    "convtranspose2d_globalavgpool_biasadd_logsumexp_sum_multiply",
    [16, 64, 128, 512, 512],
    "mean over the plane, + bias a channel, log sum exp over channels, sum over the plane, * 10",
    (x) => {
      const pooled = x.mean([2, 3], true).add(x.perChannel("bias2"));
      return pooled.logSumExp(1, true).sum([2, 3]).mul(10);
    },
  ),
  convTranspose2d(
    "convtranspose2d_softmax_biasadd_scaling_sigmoid",
    [128, 64, 128, 64, 64],
    "softmax over channels, + bias a channel, * 2, sigmoid",
    (x) => x.softmax(1).add(x.perChannel("bias2")).mul(2).sigmoid(),
    { kernel: 4, ...doubling },
  ),
];
