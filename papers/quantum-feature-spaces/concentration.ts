import { matrix, type Rng } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";

export interface Concentration {
  readonly qubits: number;
  readonly mean: number;
  readonly variance: number;
  /** Entries. */
  readonly n: number;
}

/** Mean and variance of kernel entries of points that are uniform in [0, 2 pi)^qubits. */
export function concentration(kernel: Kernel, points: number, rng: Rng): Concentration {
  const qubits = kernel.dimension;
  const data = rng.fillUniform(new Float64Array(points * qubits)).map((u) => 2 * Math.PI * u);
  const x = matrix(points, qubits, data);
  const gram = kernel.gram(x, x).data;
  let [sum, squares, n] = [0, 0, 0];
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < i; j++) {
      sum += gram[i * points + j]!;
      squares += gram[i * points + j]! ** 2;
      n++;
    }
  }
  const mean = sum / n;
  return { qubits, mean, variance: squares / n - mean * mean, n };
}

/** Least-squares slope of log2 variance against the number of qubits. */
export function slopeOf(rows: readonly Concentration[]): number {
  const middle = rows.reduce((sum, { qubits }) => sum + qubits, 0) / rows.length;
  let [top, bottom] = [0, 0];
  for (const { qubits, variance } of rows) {
    top += (qubits - middle) * Math.log2(Math.max(variance, Number.MIN_VALUE));
    bottom += (qubits - middle) ** 2;
  }
  return top / bottom;
}
