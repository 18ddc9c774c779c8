import { checkPoolOptions, checkType, shapeError, typeError } from "@daily-kernel/compute";
import { checkedOrder, type Orders } from "./domain.ts";
import {
  type Correction,
  fillHere,
  fillOnPool,
  isOrdinary,
  type KernelKind,
  type PoolRun,
} from "./elementwise.ts";

/** One number for all, or one an element. */
export type Values = number | Float64Array;

/** A function of order v and argument x: of two numbers, or elementwise over arrays. */
export interface BesselFunction {
  (v: number, x: number): number;
  (v: Values, x: Values, out?: Float64Array): Float64Array;
}

/** A function that also runs on a pool of threads, cancellable, with progress. */
export interface BesselKernel extends BesselFunction {
  (v: Values, x: Values, options: PoolRun): Promise<Float64Array>;
}

type Scalar = (v: number, x: number) => number;
type Pair = [v: Values, x: Values];

/** Lengths that fit together; a number goes with any length. */
export function commonLength(name: string, [v, x]: Pair, out?: Float64Array): number {
  for (const [label, value] of Object.entries({ v, x })) {
    if (typeof value !== "number" && !(value instanceof Float64Array)) {
      throw typeError(`${name}: ${label} must be a number or a Float64Array, got ${typeof value}`);
    }
  }
  if (out !== undefined && !(out instanceof Float64Array)) {
    throw typeError(`${name}: out must be a Float64Array, got ${typeof out}`);
  }
  const lengths = [v, x].filter((a) => typeof a !== "number").map((a) => a.length);
  const n = lengths[0] ?? out?.length ?? 1;
  if (lengths.some((length) => length !== n)) {
    throw shapeError(`${name}: v has ${lengths[0]} elements and x has ${lengths[1]}`);
  }
  if (out !== undefined && out.length !== n) {
    throw shapeError(`${name}: out has ${out.length} elements, expected ${n}`);
  }
  return n;
}

/** A number as an array that a stride of 0 repeats: loops then see one kind of array only. */
const strided = (a: Values): [data: Float64Array, stride: 0 | 1] =>
  typeof a === "number" ? [Float64Array.of(a), 0] : [a, 1];

/**
 * Checks all elements before any is written (the message names the first bad index) and returns
 * the indices of those that the kernel does not take.
 */
export function checkElements(name: string, orders: Orders, n: number, [v, x]: Pair): number[] {
  const unusual: number[] = [];
  const [vs, vStep] = strided(v);
  const [xs, xStep] = strided(x);
  for (let i = 0; i < n; i++) {
    const vi = vs[i * vStep]!;
    const xi = xs[i * xStep]!;
    if (isOrdinary(vi, xi)) continue;
    checkedOrder(name, orders, vi, xi, ` at index ${i}`);
    unusual.push(i);
  }
  return unusual;
}

/** out[i] = scalar(|v[i]|, x[i]) for the given indices. */
function fillScalar(scalar: Scalar, [v, x]: Pair, out: Float64Array, indices: Iterable<number>) {
  const [vs, vStep] = strided(v);
  const [xs, xStep] = strided(x);
  for (const i of indices) out[i] = scalar(Math.abs(vs[i * vStep]!), xs[i * xStep]!);
}

/** Makes the checked function, scalar and elementwise, of an unchecked one. */
export function besselFunction(name: string, orders: Orders, scalar: Scalar): BesselFunction {
  function apply(v: number, x: number): number;
  function apply(v: Values, x: Values, out?: Float64Array): Float64Array;
  function apply(v: Values, x: Values, out?: Float64Array): number | Float64Array {
    if (typeof v === "number" && typeof x === "number" && out === undefined) {
      return scalar(checkedOrder(name, orders, v, x), x);
    }
    const n = commonLength(name, [v, x], out);
    checkElements(name, orders, n, [v, x]);
    const result = out ?? new Float64Array(n);
    fillScalar(scalar, [v, x], result, result.keys());
    return result;
  }
  return apply;
}

/** The same over a WebAssembly kernel; the scalar code does what the kernel does not take. */
export function besselKernel(
  name: string,
  orders: Orders,
  scalar: Scalar,
  kind: KernelKind,
): BesselKernel {
  function apply(v: number, x: number): number;
  function apply(v: Values, x: Values, out?: Float64Array): Float64Array;
  function apply(v: Values, x: Values, options: PoolRun): Promise<Float64Array>;
  function apply(
    v: Values,
    x: Values,
    last?: Float64Array | PoolRun,
  ): number | Float64Array | Promise<Float64Array> {
    if (typeof v === "number" && typeof x === "number" && last === undefined) {
      return scalar(checkedOrder(name, orders, v, x), x);
    }
    if (last instanceof Object && "pool" in last) return onPool(v, x, last);
    const n = commonLength(name, [v, x], last);
    const result = last ?? new Float64Array(n);
    fillHere(kind, v, x, result, () => byHand(n, v, x));
    return result;
  }
  /** Taken before anything is written: `out` may be one of the inputs. */
  function byHand(n: number, v: Values, x: Values): Correction {
    const indices = checkElements(name, orders, n, [v, x]);
    const values = new Float64Array(indices.length > 0 ? n : 0);
    fillScalar(scalar, [v, x], values, indices);
    return { indices, values };
  }
  async function onPool(v: Values, x: Values, options: PoolRun): Promise<Float64Array> {
    checkType(options.pool !== undefined, name, "options.pool", "a ThreadPool", options.pool);
    checkPoolOptions(name, options);
    const n = commonLength(name, [v, x], options.out);
    const result = options.out ?? new Float64Array(n);
    return fillOnPool(kind, v, x, result, byHand(n, v, x), options);
  }
  return apply;
}
