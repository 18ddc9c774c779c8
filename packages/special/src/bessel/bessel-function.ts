import { shapeError, typeError } from "@daily-kernel/compute";
import { checkedOrder, type Orders } from "./domain.ts";

/** One number for all, or one an element. */
export type Values = number | Float64Array;

/** A function of order v and argument x: of two numbers, or elementwise over arrays. */
export interface BesselFunction {
  (v: number, x: number): number;
  (v: Values, x: Values, out?: Float64Array): Float64Array;
}

/** Lengths that fit together; a number goes with any length. */
export function commonLength(name: string, v: Values, x: Values, out?: Float64Array): number {
  for (const [label, value] of [
    ["v", v],
    ["x", x],
  ] as const) {
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

/** Checks all elements before any is written; the message names the first bad index. */
export function checkElements(name: string, orders: Orders, n: number, v: Values, x: Values): void {
  for (let i = 0; i < n; i++) {
    const vi = typeof v === "number" ? v : v[i]!;
    const xi = typeof x === "number" ? x : x[i]!;
    if (!(vi >= 0 && xi >= 0 && vi + xi < Infinity)) {
      checkedOrder(name, orders, vi, xi, ` at index ${i}`);
    }
  }
}

/** Makes the checked function, scalar and elementwise, of an unchecked one. */
export function besselFunction(
  name: string,
  orders: Orders,
  scalar: (v: number, x: number) => number,
): BesselFunction {
  function apply(v: number, x: number): number;
  function apply(v: Values, x: Values, out?: Float64Array): Float64Array;
  function apply(v: Values, x: Values, out?: Float64Array): number | Float64Array {
    if (typeof v === "number" && typeof x === "number" && out === undefined) {
      return scalar(checkedOrder(name, orders, v, x), x);
    }
    const n = commonLength(name, v, x, out);
    checkElements(name, orders, n, v, x);
    const result = out ?? new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const vi = typeof v === "number" ? v : v[i]!;
      result[i] = scalar(Math.abs(vi), typeof x === "number" ? x : x[i]!);
    }
    return result;
  }
  return apply;
}
