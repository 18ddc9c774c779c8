import { matmul } from "@daily-kernel/compute";
import type { Weight, Weights } from "./parameters.ts";

/** y = x w + b, with ReLU if `relu`, for rows x. */
export function dense(x: Float32Array, w: Weight, b: Weight, relu: boolean): Float32Array {
  const [inner, width] = w.shape as [number, number];
  const rows = x.length / inner;
  const y = matmul({ data: x, rows, cols: inner }, { data: w.data, rows: inner, cols: width }).data;
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < width; c++, i++) {
      const value = y[i]! + b.data[c]!;
      y[i] = relu && value < 0 ? 0 : value;
    }
  }
  return y;
}

/** The head of a model whose standardisation is folded in: features to standardised targets. */
export function denseHead(w: Weights, features: Float32Array): Float32Array {
  const hidden = dense(features, w.dense1!, w.shift1!, true);
  return dense(dense(hidden, w.dense2!, w.shift2!, true), w.dense3!, w.shift3!, false);
}

/** Dense layers that take features as they are, for ones that were trained on standardised features. */
export function foldStandardisation(
  w: Weights,
  centre: Float32Array,
  scale: Float32Array,
): Weights {
  const { shape, data } = w.dense1!;
  const width = shape[1]!;
  const dense1 = { shape, data: data.map((v, i) => v / scale[Math.floor(i / width)]!) };
  const shift1 = { shape: w.shift1!.shape, data: w.shift1!.data.slice() };
  for (const [i, value] of dense1.data.entries()) {
    shift1.data[i % width]! -= value * centre[Math.floor(i / width)]!;
  }
  return { ...w, dense1, shift1 };
}
