import { allocate, checkNumbers } from "./checks.ts";
import { domainError } from "./errors.ts";
import { checkMatrix, type Matrix, matrix } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, ranges } from "./program.ts";

/**
 * log(sum of exp(x)) over a vector, without overflow; relative accuracy about 1e-15 where the result
 * does not cancel to near zero. Negative infinity counts as exp = 0, positive infinity gives
 * infinity, no numbers give negative infinity.
 *
 * @throws RangeError `ERR_DOMAIN` for NaN.
 * @throws TypeError `ERR_TYPE` if `x` is not an array that holds numbers only.
 */
export function logSumExp(x: ArrayLike<number>): number {
  checkNumbers("logSumExp", "x", x);
  const data = x instanceof Float64Array ? x : Float64Array.from(x);
  return (rows("logSumExp", "x", matrix(1, data.length, data), {}) as Float64Array)[0]!;
}

/**
 * `logSumExp` of every row of `a`: `a.rows` numbers.
 *
 * @throws RangeError `ERR_DOMAIN` for NaN.
 */
export function logSumExpRows(a: Matrix): Float64Array;
export function logSumExpRows(a: Matrix, options: PoolOptions): Promise<Float64Array>;
export function logSumExpRows(
  a: Matrix,
  options: Partial<PoolOptions> = {},
): Float64Array | Promise<Float64Array> {
  return rows("logSumExpRows", "a", a, options);
}

function rows(
  fn: string,
  name: string,
  a: Matrix,
  options: Partial<PoolOptions>,
): Float64Array | Promise<Float64Array> {
  return perform(fn, options, function* (arena, heap): Program<Float64Array> {
    checkMatrix(fn, name, a);
    if (a.cols === 0) return allocate(fn, Float64Array, a.rows).fill(Number.NEGATIVE_INFINITY);
    const src = arena.f64(a.data);
    const top = arena.f64(a.rows);
    const rest = arena.f64(a.rows);
    const perCall = Math.max(1, Math.ceil(16384 / a.cols));
    yield {
      fn: "logSumExpRows",
      calls: ranges(a.rows, perCall).map((range) => [src, a.cols, top, rest, ...range]),
      progress: [a.rows, a.rows],
    };
    const rests = heap.f64(rest, a.rows);
    const result = heap.f64(top, a.rows).slice();
    for (const [i, largest] of result.entries()) {
      if (Number.isNaN(largest)) {
        const at = a.data.findIndex(Number.isNaN);
        const where = fn === "logSumExp" ? `index ${at}` : `row ${i}, column ${at % a.cols}`;
        throw domainError(`${fn}: ${name} must not be NaN, got NaN at ${where}`);
      }
      if (Number.isFinite(largest)) result[i] = largest + Math.log1p(rests[i]!);
    }
    return result;
  });
}
