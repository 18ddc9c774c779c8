import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  shapeError,
} from "@daily-kernel/compute";
import type { DerivativeTerm } from "../kernel.ts";

/** The orders of a partial derivative in x_j and in z_j. */
export interface Order {
  x: number;
  z: number;
}

/** A term c d^b / dx d^b' / dz, checked: one order a dimension. */
export interface Term {
  coefficient: number;
  orders: readonly Order[];
}

/** The value itself. */
export const plainTerm = (dimension: number): Term => ({
  coefficient: 1,
  orders: new Array<Order>(dimension).fill({ x: 0, z: 0 }),
});

/** Checks derivative terms for points of length `dimension`. */
export function checkTerms(
  fn: string,
  terms: readonly DerivativeTerm[],
  dimension: number,
): Term[] {
  checkType(Array.isArray(terms), fn, "terms", "an array of { x, z, coefficient }", terms);
  return terms.map((term, l) => {
    checkObject(fn, `terms[${l}]`, term);
    const { coefficient = 1 } = term;
    checkType(
      typeof coefficient === "number",
      fn,
      `terms[${l}].coefficient`,
      "a number",
      coefficient,
    );
    if (!Number.isFinite(coefficient)) {
      throw domainError(`${fn}: terms[${l}].coefficient must be finite, got ${coefficient}`);
    }
    const part = (key: "x" | "z"): ArrayLike<number> => {
      const orders = term[key] ?? new Float64Array(dimension);
      checkNumbers(fn, `terms[${l}].${key}`, orders);
      if (orders.length !== dimension) {
        throw shapeError(
          `${fn}: terms[${l}].${key} must hold ${dimension} orders, got ${orders.length}`,
        );
      }
      for (let j = 0; j < dimension; j++) {
        if (!(Number.isSafeInteger(orders[j]!) && orders[j]! >= 0)) {
          throw domainError(
            `${fn}: terms[${l}].${key}[${j}] must be a whole number >= 0, got ${orders[j]}`,
          );
        }
      }
      return orders;
    };
    const [x, z] = [part("x"), part("z")];
    return {
      coefficient,
      orders: Array.from({ length: dimension }, (_, j) => ({ x: x[j]!, z: z[j]! })),
    };
  });
}

/** Throws `ERR_DOMAIN` for a derivative: the kernel has none. */
export function requirePlain(fn: string, { x, z }: Order): void {
  if (x + z > 0) throw domainError(`${fn}: this kernel has no derivatives, got order ${x} + ${z}`);
}
