/** Number, mean and sum of squared deviations from it. */
export interface Moments {
  n: number;
  mean: number;
  squares: number;
}

export const noMoments = (): Moments => ({ n: 0, mean: 0, squares: 0 });

/** Those of the values together with `values`: Welford's update, which does not cancel. */
export function addTo({ n, mean, squares }: Moments, values: Float64Array): Moments {
  let count = n;
  let [m, s] = [mean, squares];
  for (const y of values) {
    count++;
    const delta = y - m;
    m += delta / count;
    s += delta * (y - m);
  }
  return { n: count, mean: m, squares: s };
}

/** The sample standard deviation; 0 for less than two values. */
export const deviation = ({ n, squares }: Moments): number =>
  n < 2 ? 0 : Math.sqrt(squares / (n - 1));
