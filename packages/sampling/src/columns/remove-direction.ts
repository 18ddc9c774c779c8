/** The squared length of row `at` of width d. */
export function squaredLength(data: Float64Array, at: number, d: number): number {
  let sum = 0;
  for (let i = at * d; i < (at + 1) * d; i++) sum += data[i]! * data[i]!;
  return sum;
}

/** Takes what lies along row `at` from all n rows, twice for the sake of rounding. */
export function removeDirection(data: Float64Array, at: number, n: number, d: number): void {
  const norm = Math.sqrt(squaredLength(data, at, d));
  const unit = data.slice(at * d, (at + 1) * d).map((x) => x / norm);
  for (let j = 0; j < n; j++) {
    for (let again = 0; again < 2; again++) {
      let along = 0;
      for (let i = 0; i < d; i++) along += unit[i]! * data[j * d + i]!;
      for (let i = 0; i < d; i++) data[j * d + i]! -= along * unit[i]!;
    }
  }
}
