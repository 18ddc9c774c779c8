import { checkRunOptions, type Matrix, type RunOptions } from "@daily-kernel/compute";
import type { PointSet } from "../sequences/sequence.ts";
import { Breather } from "./breather.ts";
import { unitPoints } from "./discrepancy.ts";

/** Points inside a closed box so far, and those of them inside the open box. */
interface Inside {
  closed: readonly number[];
  open: readonly number[];
}

/**
 * The exact star discrepancy of n points in [0, 1]^d, a `Matrix` or a `PointSet` of one replication: the
 * greatest difference, over all boxes [0, y), of their volume and of the share of points in them. Boxes
 * whose sides touch a point of theirs are enough (Niederreiter 1972); those that cannot beat the best
 * are passed over. About n^(d-1) log n / d! steps, so for few dimensions. `onProgress(done, total)` counts the bounds of
 * the first coordinate.
 *
 * @throws TypeError, RangeError for no points or a coordinate outside [0, 1].
 */
export async function starDiscrepancy(
  points: Matrix | PointSet,
  options: RunOptions = {},
): Promise<number> {
  const fn = "starDiscrepancy";
  const { data, n, d } = unitPoints(fn, points);
  checkRunOptions(fn, options);
  const breather = new Breather(options.signal, 2 ** 21);
  let best = 0;
  let work = 0;

  /** All boxes with given bounds in the coordinates before j, whose volume is `volume`. */
  const search = (j: number, inside: Inside, volume: number): void => {
    if (Math.max(volume, inside.closed.length / n) <= best) return;
    if (j === d - 1) {
      sweep(inside, volume);
      return;
    }
    for (const bound of bounds(j, inside)) search(j + 1, cut(j, inside, bound), volume * bound);
  };
  /** All bounds of the last coordinate, in rising order. */
  const sweep = (inside: Inside, volume: number): void => {
    work += inside.closed.length;
    const [closed, open] = [inside.closed, inside.open].map((indices) =>
      Float64Array.from(indices, (i) => at(i, d - 1)).sort(),
    ) as [Float64Array, Float64Array];
    let below = 0;
    for (let k = 0; k <= closed.length; k++) {
      const bound = k < closed.length ? closed[k]! : 1;
      while (below < open.length && open[below]! < bound) below++;
      // Of equal bounds the last has the full count of the closed box.
      const within = Math.min(k + 1, closed.length);
      best = Math.max(best, within / n - volume * bound, volume * bound - below / n);
    }
  };
  const at = (i: number, j: number): number => data[i * d + j]!;
  const bounds = (j: number, { closed }: Inside): number[] => [
    ...new Set([1, ...closed.map((i) => at(i, j))]),
  ];
  const cut = (j: number, { closed, open }: Inside, bound: number): Inside => {
    work += closed.length;
    return {
      closed: closed.filter((i) => at(i, j) <= bound),
      open: open.filter((i) => at(i, j) < bound),
    };
  };

  const indices = Array.from({ length: n }, (_, i) => i);
  const all = { closed: indices, open: indices };
  if (d === 1) {
    sweep(all, 1);
    options.onProgress?.(1, 1);
  }
  const first = d === 1 ? [] : bounds(0, all);
  for (const [done, bound] of first.entries()) {
    work = 0;
    search(1, cut(0, all, bound), bound);
    options.onProgress?.(done + 1, first.length);
    await breather.spend(work);
  }
  return best;
}
