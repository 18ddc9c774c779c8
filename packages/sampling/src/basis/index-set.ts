import { domainError } from "@daily-kernel/compute";
import type { UnivariateFamily } from "./univariate-family.ts";

/** Which products of univariate functions a basis holds, by their degrees g_1, ..., g_d. */
export type IndexSetKind = "total" | "hyperbolic" | "tensor";

/** More functions than this is a mistake: the Gram matrix alone would take 800 MB. */
const MOST = 10_000;

/**
 * The multi-indices of a set: `total` sum g_i <= degree, `hyperbolic` prod (g_i + 1) <= degree + 1,
 * `tensor` max g_i <= degree. In lexicographic order.
 */
export function indexSet(
  families: readonly UnivariateFamily[],
  kind: IndexSetKind,
  degree: number,
): number[][] {
  const [start, step, most]: [number, (sum: number, g: number) => number, number] =
    kind === "total"
      ? [0, (sum, g) => sum + g, degree]
      : kind === "hyperbolic"
        ? [1, (product, g) => product * (g + 1), degree + 1]
        : [0, Math.max, degree];
  const found: number[][] = [];
  const index: number[] = [];
  const extend = (used: number): void => {
    const family = families[index.length];
    if (family === undefined) {
      if (found.length === MOST) {
        throw domainError(
          `productBasis: degree must give at most ${MOST} functions, got ${degree}`,
        );
      }
      found.push([...index]);
      return;
    }
    for (let j = 0; j < family.size; j++) {
      const now = step(used, family.degree(j));
      if (now > most) break;
      index.push(j);
      extend(now);
      index.pop();
    }
  };
  extend(start);
  return found;
}
