import { cholesky, choleskySolve, matmul, matrix, syrk } from "@daily-kernel/compute";

/** Least squares on standardised columns with an L2 penalty (Hoerl and Kennard 1970), in closed form. */
export function trainRidge(
  x: readonly ArrayLike<number>[],
  y: readonly number[],
  penalty = 1,
): (features: ArrayLike<number>) => number {
  const [n, d] = [x.length, x[0]!.length];
  const column = (j: number) => x.map((row) => row[j]!);
  const means = Array.from({ length: d }, (_, j) => column(j).reduce((a, b) => a + b, 0) / n);
  const scales = means.map(
    (m, j) => Math.sqrt(column(j).reduce((a, v) => a + (v - m) ** 2, 0) / n) || 1,
  );
  const centre = y.reduce((a, b) => a + b, 0) / n;
  const standard = (row: ArrayLike<number>) => means.map((m, j) => (row[j]! - m) / scales[j]!);
  const design = matrix(n, d, Float64Array.from(x.flatMap(standard)));
  const gram = syrk(design, { transpose: true });
  for (let j = 0; j < d; j++) gram.data[j * d + j]! += penalty;
  const right = matmul(
    design,
    matrix(
      n,
      1,
      Float64Array.from(y, (v) => v - centre),
    ),
    { transposeA: true },
  );
  const weights = choleskySolve(cholesky(gram), right).data;
  return (features) => standard(features).reduce((sum, v, j) => sum + v * weights[j]!, centre);
}
