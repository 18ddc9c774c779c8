import { type Argument, data, drawn, indices } from "../../task/argument.ts";
import { exactOps } from "../../task/bounded.ts";
import { defineTask } from "../../task/define-task.ts";

const tables = [
  [1, 1],
  [1, 13],
  [7, 5],
  [3, 129],
  [33, 17],
] as const;

/** Rows of positive numbers with sum 1: the softmax of numbers of the family. */
const probabilities = (shape: readonly number[]): Argument =>
  drawn(shape, (family, rng) => {
    const x = Float64Array.from(data(shape).draw(family, rng, shape));
    return exactOps.softmax({ data: x, shape }, 1).data;
  });

const table = (d: { batch: number; dim: number }) => [d.batch, d.dim];
const size = (d: { batch: number; dim: number }) => d.batch * d.dim;

/** One number (an array without axes) for all rows together. */
export const lossTasks = [
  defineTask({
    id: "loss/cosine_similarity_loss",
    title: "mean over rows of 1 - x.t / (|x| |t|); lengths count as at least 1e-8",
    dims: { batch: 128, dim: 4096 },
    shapes: tables,
    inputs: (d) => ({ predictions: data(table(d)), targets: data(table(d)) }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [x, t]) => ops.cosineSimilarityLoss(x, t),
    flops: (d) => 6 * size(d),
  }),
  defineTask({
    id: "loss/cross_entropy_loss",
    title: "mean over rows of log sum exp(x[b, :]) - x[b, targets[b]]",
    dims: { batch: 32768, dim: 4096 },
    shapes: tables,
    inputs: (d) => ({ predictions: data(table(d)), targets: indices([d.batch], d.dim) }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [x, t]) => ops.crossEntropyLoss(x, t),
    flops: (d) => 4 * size(d),
  }),
  defineTask({
    id: "loss/hinge_loss",
    title:
      "mean over i, j of max(0, 1 - x[i, j] targets[j]); targets +-1, as many as columns and rows",
    dims: { batch: 32768, dim: 32768 },
    sizes: { dim: { same: "batch" } },
    shapes: [
      [1, 1],
      [5, 5],
      [13, 13],
      [64, 64],
      [97, 97],
    ],
    inputs: (d) => ({
      predictions: data(table(d)),
      targets: drawn([d.batch], (_, rng, [n = 1]) =>
        Float32Array.from({ length: n }, () => 2 * rng.integer(2) - 1),
      ),
    }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [x, t]) => ops.hingeLoss(x, t),
    flops: (d) => 4 * size(d),
  }),
  defineTask({
    id: "loss/huber_loss",
    title: "mean of d^2/2 where |d| < 1 and |d| - 1/2 beyond, d = x - t",
    dims: { batch: 32768, dim: 32768 },
    shapes: tables,
    inputs: (d) => ({ predictions: data(table(d)), targets: data(table(d)) }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [x, t]) => ops.huberLoss(x, t),
    flops: (d) => 5 * size(d),
  }),
  defineTask({
    id: "loss/kl_div_loss",
    title: "sum over all of t (log t - log x), over the number of rows; both rows of probabilities",
    dims: { batch: 16384, dim: 16384 },
    shapes: tables,
    families: ["uniform", "normal", "signed"],
    inputs: (d) => ({ predictions: probabilities(table(d)), targets: probabilities(table(d)) }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [x, t]) => ops.klDivLoss(ops.log(x), t),
    flops: (d) => 5 * size(d),
  }),
  defineTask({
    id: "loss/mse_loss",
    title: "mean of (x - t)^2",
    dims: { batch: 32768, dim: 32768 },
    shapes: tables,
    inputs: (d) => ({ predictions: data(table(d)), targets: data(table(d)) }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [x, t]) => ops.mseLoss(x, t),
    flops: (d) => 3 * size(d),
  }),
  defineTask({
    id: "loss/triplet_margin_loss",
    title: "mean over rows of max(0, |a - p| - |a - n| + 1); 1e-6 is added to every difference",
    dims: { batch: 32768, dim: 8192 },
    shapes: tables,
    inputs: (d) => ({
      anchor: data(table(d)),
      positive: data(table(d)),
      negative: data(table(d)),
    }),
    outputs: () => ({ loss: [] }),
    reference: (ops, [a, p, n]) => ops.tripletMarginLoss(a, p, n),
    flops: (d) => 8 * size(d),
  }),
];
