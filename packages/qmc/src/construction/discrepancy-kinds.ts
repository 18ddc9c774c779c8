import { checkNumbers, checkType, domainError, shapeError } from "@daily-kernel/compute";
import {
  centered,
  extreme,
  mixture,
  type ProductKernel,
  periodic,
  star,
  symmetric,
} from "./product-kernels.ts";

/**
 * A squared discrepancy is the integral over both x and y, less twice that over y, plus that over
 * neither, of the product over j of (constant + weight_j k(x_j, y_j)), x and y running over the points.
 */
export interface DiscrepancyKind {
  kernel: ProductKernel;
  /** 1 counts all projections, 0 that on all coordinates alone. */
  constant: 0 | 1;
  /** Whether the value is the root, or the square as SciPy gives it. */
  root: boolean;
}

const kinds = {
  "star-L2": { kernel: star, constant: 0, root: true },
  "centered-L2": { kernel: centered, constant: 1, root: false },
  "wrap-around-L2": { kernel: periodic, constant: 1, root: false },
  mixture: { kernel: mixture, constant: 1, root: false },
  L2star: { kernel: star, constant: 0, root: true },
  L2ext: { kernel: extreme, constant: 0, root: true },
  L2per: { kernel: periodic, constant: 0, root: true },
  L2ctr: { kernel: centered, constant: 0, root: true },
  L2sym: { kernel: symmetric, constant: 0, root: true },
  L2mix: { kernel: mixture, constant: 0, root: true },
} as const satisfies Record<string, DiscrepancyKind>;

/**
 * The first four are SciPy's `discrepancy` ("L2-star", "CD", "WD", "MD") and have its values: the root
 * for `star-L2`, squares for the others. The last six are QMCPy's losses, all roots.
 */
export type Discrepancy = keyof typeof kinds;

/** A kind and the weights of d coordinates. @throws TypeError, RangeError naming `fn`. */
export function discrepancyKind(
  fn: string,
  kind: unknown,
  weights: unknown,
  d: number,
): DiscrepancyKind & { weights: Float64Array } {
  const known = Object.keys(kinds).join(", ");
  checkType(typeof kind === "string", fn, "kind", `one of ${known}`, kind);
  if (!Object.hasOwn(kinds, kind as string)) {
    throw domainError(`${fn}: kind must be one of ${known}, got ${JSON.stringify(kind)}`);
  }
  const found = kinds[kind as Discrepancy];
  if (weights === undefined) return { ...found, weights: new Float64Array(d).fill(1) };
  checkNumbers(fn, "weights", weights);
  if (weights.length !== d) {
    throw shapeError(
      `${fn}: weights must hold ${d} numbers, one a coordinate, got ${weights.length}`,
    );
  }
  const values = Float64Array.from(weights, (w, j) => {
    if (!(w >= 0 && w < Number.POSITIVE_INFINITY)) {
      throw domainError(`${fn}: weights must be finite and >= 0, got ${w} at index ${j}`);
    }
    return w;
  });
  return { ...found, constant: 1, weights: values };
}
