import {
  type Matrix,
  matmul,
  matrix,
  type PoolOptions,
  type Rng,
  syrk,
} from "@daily-kernel/compute";
import { gram } from "../standard/combined-kernel.ts";
import { type Steps, step } from "../standard/steps.ts";
import type { Conditioned } from "./conditioned.ts";
import { factorise, solve } from "./factor.ts";
import { columnNorms, rowsOf } from "./parts.ts";

/** Posterior means and variances of the function (without the noise), one a point. */
export interface Prediction {
  mean: Float64Array;
  variance: Float64Array;
}

/** Points predicted at a time, so that memory stays n x this. */
const BLOCK = 1024;

/** The posterior mean at the rows of x, and V = L^-1 K(data, x) for what else is asked. */
export function* posteriorAt(
  process: Conditioned,
  x: Matrix,
): Steps<{ mean: Float64Array; v: Matrix }> {
  const cross = yield* step((o) => gram(process.kernel, process.x, x, o));
  const mean = new Float64Array(x.rows).fill(process.mean);
  for (let i = 0, at = 0; i < cross.rows; i++) {
    const a = process.alpha.data[i]!;
    for (let j = 0; j < x.rows; j++, at++) mean[j]! += a * cross.data[at]!;
  }
  return { mean, v: yield* solve(process.l, cross) };
}

export function* predict(process: Conditioned, x: Matrix): Steps<Prediction> {
  const mean = new Float64Array(x.rows);
  const variance = new Float64Array(x.rows);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const block = rowsOf(x, from, Math.min(x.rows, from + BLOCK));
    const posterior = yield* posteriorAt(process, block);
    const explained = columnNorms(posterior.v);
    const prior = process.kernel.pairs(block, block);
    mean.set(posterior.mean, from);
    variance.set(
      prior.map((p, j) => Math.max(0, p - explained[j]!)),
      from,
    );
  }
  return { mean, variance };
}

export function* posteriorCovariance(process: Conditioned, x: Matrix, v: Matrix): Steps<Matrix> {
  const prior = yield* step((o) => gram(process.kernel, x, x, o));
  const explained = yield* step((o?: PoolOptions) =>
    o ? syrk(v, { transpose: true, ...o }) : syrk(v, { transpose: true }),
  );
  for (let i = 0; i < prior.data.length; i++) prior.data[i]! -= explained.data[i]!;
  return prior;
}

/** The jitter that draws may need, relative to the prior variance whose rounding it makes up for. */
const SAMPLE_JITTER = 1e-8;

export function* sample(
  fn: string,
  process: Conditioned,
  x: Matrix,
  count: number,
  rng: Rng,
): Steps<Matrix> {
  const { mean, v } = yield* posteriorAt(process, x);
  const covariance = yield* posteriorCovariance(process, x, v);
  const prior = process.kernel.pairs(x, x).reduce((sum, p) => sum + p / x.rows, 0);
  const { l } = yield* factorise(fn, covariance, SAMPLE_JITTER, prior);
  const normals = matrix(count, x.rows, rng.fillNormal(new Float64Array(count * x.rows)));
  const draws = yield* step((o?: PoolOptions) =>
    o ? matmul(normals, l, { transposeB: true, ...o }) : matmul(normals, l, { transposeB: true }),
  );
  for (let i = 0; i < draws.data.length; i++) draws.data[i]! += mean[i % x.rows]!;
  return draws;
}
