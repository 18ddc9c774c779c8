/** Mean of numbers. */
export const mean = (x: readonly number[]): number => x.reduce((sum, v) => sum + v, 0) / x.length;

export const rootMeanSquare = (x: readonly number[]): number =>
  Math.sqrt(mean(x.map((v) => v * v)));

/** 1 - residual over total sum of squares; -Infinity never: 0 where the truth does not vary. */
export function rSquared(predicted: readonly number[], truth: readonly number[]): number {
  const centre = mean(truth);
  const total = truth.reduce((sum, v) => sum + (v - centre) ** 2, 0);
  const residual = truth.reduce((sum, v, i) => sum + (v - predicted[i]!) ** 2, 0);
  return total === 0 ? 0 : 1 - residual / total;
}

/** Ranks from 1; equal numbers share their mean rank. */
function ranks(x: readonly number[]): number[] {
  const order = [...x.keys()].sort((a, b) => x[a]! - x[b]!);
  const found = new Array<number>(x.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && x[order[end]!] === x[order[i]!]) end++;
    for (let k = i; k < end; k++) found[order[k]!] = (i + end + 1) / 2;
    i = end;
  }
  return found;
}

/** Spearman's rank correlation; 0 where one side does not vary. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const centre = (a.length + 1) / 2;
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0);
  const scale = Math.sqrt(sum((i) => (x[i]! - centre) ** 2) * sum((i) => (y[i]! - centre) ** 2));
  return scale === 0 ? 0 : sum((i) => (x[i]! - centre) * (y[i]! - centre)) / scale;
}
