import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { LabelledImages, Table } from "@daily-kernel/datasets";

/** Bounds of delay, distance and time that need no look at the records. */
const bounds = [
  [-60, 180],
  [0, 2500],
  [0, 24],
] as const;

/** The flights in [0, 1]^3, by public bounds. */
export function unitFlights({ data, rows, cols }: Table): Matrix {
  const unit = data.map((value, at) => {
    const [low, high] = bounds[at % cols]!;
    return (value - low) / (high - low);
  });
  return matrix(rows, cols, unit);
}

/** Uniform points in the unit cube. */
export const uniformPoints = (n: number, d: number, rng: Rng): Matrix =>
  matrix(n, d, rng.fillUniform(new Float64Array(n * d)));

export interface Split {
  readonly train: Matrix;
  readonly trainLabels: Uint8Array;
  readonly test: Matrix;
  readonly testLabels: Uint8Array;
}

/** 8,000 digits to fit and 2,000 to test, shuffled, each of unit length. */
export async function splitDigits(
  { images, labels, n }: LabelledImages,
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<Split> {
  const order = rng.permutation(n);
  const part = async (from: number, to: number) => {
    const x = matrix(to - from, 784);
    for (let i = from; i < to; i++) {
      if (i % 1000 === 0) await breathe();
      const image = images.subarray(order[i]! * 784, (order[i]! + 1) * 784);
      let square = 0;
      for (const grey of image) square += grey * grey;
      const scale = 1 / Math.sqrt(square);
      for (let j = 0; j < 784; j++) x.data[(i - from) * 784 + j] = scale * image[j]!;
    }
    return [x, Uint8Array.from(order.subarray(from, to), (k) => labels[k]!)] as const;
  };
  const [train, trainLabels] = await part(0, 8000);
  const [test, testLabels] = await part(8000, n);
  return { train, trainLabels, test, testLabels };
}
