import type { Matrix } from "@daily-kernel/compute";

/** The estimate at the rows of x by its definition, one pair after the other: what the fast one must give. */
export function referenceKde(data: Matrix, bandwidth: number, x: Matrix, exclude: number[] = []) {
  const { rows: n, cols: d } = data;
  const norm = Math.log(n) + (d / 2) * Math.log(2 * Math.PI * bandwidth ** 2);
  return Array.from({ length: x.rows }, (_, i) => {
    const logs = Array.from({ length: n }, (_, j) => {
      let q = 0;
      for (let k = 0; k < d; k++) q += (x.data[i * d + k]! - data.data[j * d + k]!) ** 2;
      return j === exclude[i] ? Number.NEGATIVE_INFINITY : -q / (2 * bandwidth ** 2);
    });
    const top = Math.max(...logs);
    const sum = logs.reduce((total, log) => total + Math.exp(log - top), 0);
    const weights = logs.map((log) => Math.exp(log - top) / sum);
    const score = Array.from({ length: d }, (_, k) =>
      weights.reduce(
        (total, w, j) =>
          total + (w * (data.data[j * d + k]! - x.data[i * d + k]!)) / bandwidth ** 2,
        0,
      ),
    );
    return {
      logDensity: top + Math.log(sum) - norm,
      weights,
      participation: weights.reduce((total, w) => total + w * w, 0),
      score,
    };
  });
}
