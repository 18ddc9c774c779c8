/** One output of several runs: the same shape each time. */
export interface Runs {
  readonly shape: readonly number[];
  readonly values: readonly Float64Array[];
  /** Differences up to here are rounding in float32. */
  readonly noise: number;
}

/** Infinities that a task fills in say nothing about its numbers. */
const finite = (x: number) => (Number.isFinite(x) ? x : 0);

/** The largest magnitude of all runs. */
const scaleOf = ({ values }: Runs): number =>
  values.reduce((most, v) => v.reduce((m, x) => Math.max(m, Math.abs(finite(x))), most), 0);

/** `amount` in units of the scale; 0 where it is no more than rounding. */
const relative = (amount: number, runs: Runs) =>
  amount <= runs.noise ? 0 : amount / scaleOf(runs);

/** Largest minus smallest of all elements of all runs, relative to the scale. */
export function range(runs: Runs): number {
  let [low, high] = [Infinity, -Infinity];
  for (const v of runs.values) {
    for (const x of v) {
      low = Math.min(low, finite(x));
      high = Math.max(high, finite(x));
    }
  }
  return relative(high - low, runs);
}

/** The largest standard deviation of an element over the runs, relative to the scale. */
export function spreadOverRuns(runs: Runs): number {
  const { values } = runs;
  const count = values.length;
  let most = 0;
  for (let i = 0; i < (values[0]?.length ?? 0); i++) {
    const mean = values.reduce((s, v) => s + finite(v[i] as number), 0) / count;
    const square = values.reduce((s, v) => s + (finite(v[i] as number) - mean) ** 2, 0) / count;
    most = Math.max(most, square);
  }
  return relative(Math.sqrt(most), runs);
}

/** The largest standard deviation along an axis, relative to the scale. */
export function spreadAlong(runs: Runs, axis: number): number {
  const { shape, values } = runs;
  const length = shape[axis] as number;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  let most = 0;
  for (const v of values) {
    for (let start = 0; start < v.length; start += length * inner) {
      for (let i = start; i < start + inner; i++) {
        let [sum, squares] = [0, 0];
        for (let k = 0; k < length; k++) sum += finite(v[i + k * inner] as number);
        for (let k = 0; k < length; k++) {
          squares += (finite(v[i + k * inner] as number) - sum / length) ** 2;
        }
        most = Math.max(most, squares / length);
      }
    }
  }
  return relative(Math.sqrt(most), runs);
}
