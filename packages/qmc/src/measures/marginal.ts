import { checkType, shapeError, unsupportedError } from "@daily-kernel/compute";

/** A distribution on the line, as far as it is needed. */
export interface Marginal {
  /** The inverse of the distribution function: the smallest x with P(X <= x) >= p, 0 <= p <= 1. */
  quantile(p: number): number;
  /** Density; what asks for a weight needs it. */
  pdf?(x: number): number;
  /** Distribution function; copulas need it for their weight. */
  cdf?(x: number): number;
  /** Lower and upper bound; -Infinity and Infinity by default. */
  range?: readonly [number, number];
}

const methods = ["quantile", "pdf", "cdf"] as const;

/** One marginal for all coordinates, or d of them, as d. */
export function checkMarginals(
  where: string,
  value: Marginal | readonly Marginal[],
  dimension: number,
): Marginal[] {
  const list: readonly Marginal[] = Array.isArray(value) ? value : [value];
  for (const [j, marginal] of list.entries()) {
    const name = `marginals[${j}]`;
    const isObject = typeof marginal === "object" && marginal !== null;
    checkType(isObject, where, name, "an object with a quantile function", marginal);
    for (const method of methods) {
      if (method !== "quantile" && marginal[method] === undefined) continue;
      const isFunction = typeof marginal[method] === "function";
      checkType(isFunction, where, `${name}.${method}`, "a function", marginal[method]);
    }
  }
  if (Array.isArray(value) && value.length !== dimension) {
    throw shapeError(`${where}: there must be ${dimension} marginals, got ${value.length}`);
  }
  return Array.from({ length: dimension }, (_, j) => list[list.length === 1 ? 0 : j]!);
}

/** The ranges of the marginals: 2 d numbers. */
export function marginalRange(marginals: readonly Marginal[]): Float64Array {
  const all = marginals.map(({ range }) => range ?? [-Infinity, Infinity]);
  return Float64Array.from(all.flat());
}

/** The function `name` of marginal j. Throws `ERR_UNSUPPORTED` if there is none. */
export function needed<K extends "pdf" | "cdf">(
  where: string,
  marginals: readonly Marginal[],
  j: number,
  name: K,
): (x: number) => number {
  const marginal = marginals[j]!;
  if (!marginal[name]) {
    throw unsupportedError(`${where}.weight: marginals[${j}] has no ${name}, which a weight needs`);
  }
  return (x) => marginal[name]!(x);
}
