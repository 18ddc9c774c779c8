import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { UciRegression } from "@daily-kernel/datasets";
import {
  compose,
  type FeatureMap,
  GaussianKernel,
  KernelLayer,
  KernelRidge,
  ReluFeatures,
} from "@daily-kernel/kernels";

/** Fits y at the rows of x and predicts at others. */
export type FitNet = (x: Matrix, y: Float64Array, at: Matrix, seed: number) => Float64Array;

export const widths = [64, 64] as const;
const ridge = 1e-3;

/** Rows with a 1 at the end, the input of a bias. */
function withOne({ data, rows, cols }: Matrix): Matrix {
  const out = matrix(rows, cols + 1);
  for (let i = 0; i < rows; i++) {
    out.data.set(data.subarray(i * cols, (i + 1) * cols), i * (cols + 1));
    out.data[i * (cols + 1) + cols] = 1;
  }
  return out;
}

/** Two kernel layers of rectified features, bundled: one matrix of parameters, a ridge regression. */
export const bundledNet: FitNet = (x, y, at, seed) => {
  const maps = layersFor(x.cols + 1, seed);
  const layer = KernelLayer.fit(compose(...maps), withOne(x), y, { ridge: ridge * x.rows });
  return layer.apply(withOne(at)).data;
};

function layersFor(dimension: number, seed: number): FeatureMap[] {
  const [first, second] = widths;
  const make = (d: number, features: number, offset: number) =>
    new ReluFeatures({ dimension: d, features, seed: seed + offset, orthogonal: true });
  return [make(dimension, first, 0), make(first, second, 1)];
}

const identity = (dimension: number): FeatureMap => ({
  dimension,
  features: dimension,
  map: (x) => matrix(x.rows, x.cols, x.data.slice()),
});

const controls: Record<string, FitNet> = {
  "linear regression": (x, y, at) =>
    KernelLayer.fit(identity(x.cols), x, y, { ridge: 1e-9 * x.rows }).apply(at).data,
  "one layer": (x, y, at, seed) => {
    const [first] = layersFor(x.cols + 1, seed);
    return KernelLayer.fit(first!, withOne(x), y, { ridge: ridge * x.rows }).apply(withOne(at))
      .data;
  },
  "Gaussian kernel ridge": (x, y, at) => {
    const kernel = new GaussianKernel({ dimension: x.cols, lengthscales: Math.sqrt(x.cols) });
    return KernelRidge.fit(kernel, x, y, { ridge: 1e-2 }).predict(at).data;
  },
  "mean of the training targets": (_, y, at) =>
    new Float64Array(at.rows).fill(y.reduce((sum, v) => sum + v / y.length, 0)),
};

export interface TableErrors {
  table: string;
  tested: number;
  net: number;
  controls: Record<string, number>;
}

const root = (values: number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

/** Test errors over random splits, nine to one, of standardised inputs. */
export async function tableErrors(
  fit: FitNet,
  tables: UciRegression,
  names: readonly (keyof UciRegression)[],
  splits: number,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<TableErrors[]> {
  const results: TableErrors[] = [];
  for (const [t, name] of names.entries()) {
    const { rows } = tables[name];
    const most = Math.min(rows, 2000);
    const errors: Record<string, number[]> = { net: [] };
    for (let split = 0; split < splits; split++) {
      const order = rng.permutation(rows).subarray(0, most);
      const { x, y, at, target } = splitTable(tables[name], order, Math.floor(0.9 * most));
      const seed = rng.integer(2 ** 31);
      for (const [label, method] of Object.entries({ net: fit, ...controls })) {
        await breathe((t + split / splits) / names.length);
        const predicted = method(x, y, at, seed);
        errors[label] ??= [];
        errors[label].push(...predicted.map((v, i) => v - target[i]!));
      }
    }
    const { net, ...others } = Object.fromEntries(
      Object.entries(errors).map(([label, values]) => [label, root(values)]),
    );
    results.push({ table: name, tested: errors.net!.length, net: net!, controls: others });
  }
  return results;
}

/** Training and test parts, inputs standardised by the training part. */
function splitTable({ data, cols }: Matrix, order: Uint32Array, training: number) {
  const d = cols - 1;
  const part = (rows: Uint32Array) => ({
    x: matrix(
      rows.length,
      d,
      Array.from(rows).flatMap((i) => Array.from(data.subarray(i * cols, i * cols + d))),
    ),
    y: Float64Array.from(rows, (i) => data[i * cols + d]!),
  });
  const [train, test] = [part(order.subarray(0, training)), part(order.subarray(training))];
  for (let j = 0; j < d; j++) {
    const column = Array.from({ length: training }, (_, i) => train.x.data[i * d + j]!);
    const mean = column.reduce((sum, v) => sum + v / training, 0);
    const spread = root(column.map((v) => v - mean)) || 1;
    for (const { x } of [train, test]) {
      for (let i = 0; i < x.rows; i++) x.data[i * d + j] = (x.data[i * d + j]! - mean) / spread;
    }
  }
  return { x: train.x, y: train.y, at: test.x, target: test.y };
}
