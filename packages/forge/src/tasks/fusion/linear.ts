import { linear } from "../layers/linear.ts";
import { batchNorm, groupNorm, instanceNorm } from "../layers/normalization.ts";
import { avgPool, maxPool } from "../layers/pooling.ts";
import type { Value } from "../layers/value.ts";
import { linearChain } from "./families.ts";

const usual = [1024, 8192, 8192] as const;
/** A pool over the features: they are the only axis that it knows. */
const alongFeatures = (x: Value, pool: (x: Value) => Value) => {
  const [batch, features] = x.shape as [number, number];
  const pooled = pool(x.reshape([batch, 1, features]));
  return pooled.reshape([batch, pooled.shape[2]!]);
};

/** A linear layer y = x w^T + b, then a short chain. Norms of groups are over `groupSize` features. */
export const linearTasks = [
  linearChain(
    "bmm_instance_norm_sum_residual_add_multiply",
    usual,
    "norm of each row without weights, + y, * y for a second input y",
    (x) => {
      const [batch, features] = x.shape as [number, number];
      const y = x.net.input("y", x.shape);
      const normal = instanceNorm(x.reshape([batch, 1, 1, features])).reshape(x.shape);
      return normal.add(y).mul(y);
    },
  ),
  linearChain(
    "gemm_add_relu",
    usual,
    "+ bias a feature, relu",
    (x) => x.add(x.perFeature("bias")).relu(),
    { bias: false },
  ),
  linearChain(
    "gemm_batch_norm_gelu_group_norm_mean_relu",
    [16384, 4096, 4096],
    "batch norm over the batch's own statistics, gelu, relu",
    (x) => batchNorm(x).gelu().relu(),
    { batch: 5 },
  ),
  linearChain(
    "gemm_batch_norm_scaling_softmax",
    usual,
    "batch norm over the batch's own statistics, * one scale, softmax",
    (x) =>
      batchNorm(x)
        .mul(x.net.weight("scale", [1]))
        .softmax(1),
    { batch: 5 },
  ),
  linearChain(
    "gemm_bias_add_hardtanh_mish_group_norm",
    usual,
    "+ bias a feature, clamp to [-1, 1], mish, norm of groups of 32",
    (x) => groupNorm(x.add(x.perFeature("bias2")).clamp(-1, 1).mish(), x.shape[1]! / 32),
    { groupSize: 32 },
  ),
  linearChain(
    "gemm_divide_sum_scaling",
    usual,
    "/ 2, sum over features, * 1.5",
    (x) => x.div(2).sum([1], true).mul(1.5),
    { bias: false },
  ),
  linearChain(
    "gemm_group_norm_hardtanh",
    usual,
    "group norm (16), clamp to [-2, 2]",
    (x) => groupNorm(x, 16).clamp(-2, 2),
    { groupSize: 64 },
  ),
  linearChain(
    "gemm_group_norm_min_bias_add",
    usual,
    "norm of groups of 16, min over features, + bias [1, features, 1, 1]: output [1, N, M, 1]",
    (x) => {
      const features = x.shape[1]!;
      const least = groupNorm(x, features / 16).min(1, true);
      return least.add(x.net.weight("bias2", [1, features, 1, 1]));
    },
    { groupSize: 16 },
  ),
  linearChain(
    "gemm_group_norm_swish_multiply_swish",
    usual,
    "norm of groups of 32, swish, * weight a feature, swish",
    (x) =>
      groupNorm(x, x.shape[1]! / 32)
        .swish()
        .mul(x.perFeature("factor"))
        .swish(),
    { groupSize: 32 },
  ),
  linearChain(
    "gemm_log_sum_exp_leaky_relu_leaky_relu_gelu_gelu",
    usual,
    "log sum exp over features, leaky relu (0.01) twice, gelu twice",
    (x) => x.logSumExp(1, true).leakyRelu(0.01).leakyRelu(0.01).gelu().gelu(),
  ),
  linearChain(
    "gemm_max_subtract_gelu",
    usual,
    "m = max over features, gelu(m - mean of m over its one element): always 0",
    (x) => {
      const most = x.max(1, true);
      return most.sub(most.mean([1], true)).gelu();
    },
  ),
  linearChain("gemm_multiply_leakyrelu", usual, "* 2, leaky relu (0.1)", (x) =>
    x.mul(2).leakyRelu(0.1),
  ),
  linearChain("gemm_relu_divide", usual, "relu, / 2", (x) => x.relu().div(2)),
  linearChain(
    "gemm_scale_batch_norm",
    [16384, 4096, 4096],
    "* scale a feature, batch norm over the batch's own statistics",
    (x) => batchNorm(x.mul(x.perFeature("scale"))),
    { batch: 5 },
  ),
  linearChain(
    "gemm_scale_batchnorm",
    [128, 1024, 512],
    "* scale a feature, batch norm over the batch's own statistics",
    (x) => batchNorm(x.mul(x.perFeature("scale"))),
    { batch: 5 },
  ),
  linearChain(
    "gemm_scaling_hard_tanh_gelu",
    [2048, 8192, 8192],
    "* 0.5, clamp to [-2, 2], gelu",
    (x) => x.mul(0.5).clamp(-2, 2).gelu(),
  ),
  linearChain("gemm_sigmoid_scaling_residual_add", usual, "x + 2 sigmoid(x)", (x) =>
    x.sigmoid().mul(2).add(x),
  ),
  linearChain(
    "gemm_sigmoid_sum_log_sum_exp",
    [16384, 2048, 4096, 1024],
    "sigmoid, a second linear layer, log sum exp over features",
    (x, [, , , out]) => linear(x.sigmoid(), out!, { name: "linear2" }).logSumExp(1),
    { further: "output" },
  ),
  linearChain(
    "gemm_subtract_global_avg_pool_log_sum_exp_gelu_residual_add",
    [2048, 8192, 8192],
    "- weight a feature, mean over features, log sum exp of it, gelu, + the input of the layer",
    (y, _dims, x) =>
      y.sub(y.perFeature("subtract")).mean([1], true).logSumExp(1, true).gelu().add(x),
  ),
  linearChain(
    "gemm_swish_divide_clamp_tanh_clamp",
    usual,
    "swish, / 2, clamp to [-1, 1], tanh, clamp to [-1, 1]",
    (x) => x.swish().div(2).clamp(-1, 1).tanh().clamp(-1, 1),
  ),
  linearChain(
    "matmul_add_swish_tanh_gelu_hardtanh",
    usual,
    "+ weight a feature, swish, tanh, gelu, clamp to [-1, 1]",
    (x) => x.add(x.perFeature("addend")).swish().tanh().gelu().clamp(-1, 1),
  ),
  linearChain(
    "matmul_avg_pool_gelu_scale_max",
    usual,
    "means of 16 neighbouring features, gelu, * 2, max over them",
    (x) =>
      alongFeatures(x, (a) => avgPool(a, 16))
        .gelu()
        .mul(2)
        .max(1),
    { least: 16 },
  ),
  linearChain(
    "matmul_batch_norm_bias_add_divide_swish",
    usual,
    "batch norm over the batch's own statistics, + one bias, / 1, swish",
    (x) =>
      batchNorm(x)
        .add(x.net.weight("bias2", [1]))
        .div(1)
        .swish(),
    { batch: 5 },
  ),
  linearChain("matmul_divide_gelu", usual, "/ 10, gelu", (x) => x.div(10).gelu()),
  linearChain(
    "matmul_dropout_mean_softmax",
    [128, 16384, 16384],
    "dropout at inference (nothing), softmax",
    (x) => x.softmax(1),
  ),
  linearChain("matmul_gelu_softmax", usual, "gelu, softmax", (x) => x.gelu().softmax(1)),
  linearChain(
    "matmul_group_norm_leaky_relu_sum",
    usual,
    "norm of groups of 16, leaky relu (0.01), x + x",
    (x) => {
      const y = groupNorm(x, x.shape[1]! / 16).leakyRelu(0.01);
      return y.add(y);
    },
    { groupSize: 16 },
  ),
  linearChain(
    "matmul_max_pool_sum_scale",
    [128, 32768, 32768],
    "max of neighbouring pairs of features, sum over them, * 0.5",
    (x) =>
      alongFeatures(x, (a) => maxPool(a, 2))
        .sum([1])
        .mul(0.5),
    { least: 2 },
  ),
  linearChain("matmul_min_subtract", [128, 16384, 16384], "min(x, c) - c for a weight c", (x) => {
    const c = x.net.weight("constant", [1]);
    return x.minimum(c).sub(c);
  }),
  linearChain("matmul_mish_mish", usual, "mish twice", (x) => x.mish().mish()),
  linearChain(
    "matmul_scale_residual_add_clamp_log_sum_exp_mish",
    usual,
    "* 2, x + x, clamp to [-10, 10], y = log sum exp over features, y * mish(y)",
    (x) => {
      const scaled = x.mul(2);
      const y = scaled.add(scaled).clamp(-10, 10).logSumExp(1, true);
      return y.mul(y.mish());
    },
  ),
  linearChain("matmul_scaling_residual_add", [16384, 4096, 4096], "0.5 x + x", (x) =>
    x.mul(0.5).add(x),
  ),
  linearChain("matmul_sigmoid_sum", [128, 32768, 32768], "sigmoid, sum over features", (x) =>
    x.sigmoid().sum([1], true),
  ),
  linearChain("matmul_subtract_multiply_relu", usual, "- 2, * 1.5, relu", (x) =>
    x.sub(2).mul(1.5).relu(),
  ),
  linearChain(
    "matmul_sum_max_avg_pool_log_sum_exp_log_sum_exp",
    usual,
    "sum over features; max, mean and twice log sum exp over its one element",
    (x) => {
      const one = x.sum([1], true).max(1, true).mean([1], true);
      return one.logSumExp(1, true).logSumExp(1, true);
    },
  ),
  linearChain("matmul_swish_scaling", [128, 32768, 32768], "swish, * 2", (x) => x.swish().mul(2)),
  linearChain(
    "matmul_swish_sum_group_norm",
    [32768, 1024, 4096],
    "swish, + bias a feature, norm of groups of 64",
    (x) => groupNorm(x.swish().add(x.perFeature("bias2")), x.shape[1]! / 64),
    { groupSize: 64 },
  ),
];
