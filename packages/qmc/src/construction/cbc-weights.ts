import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  shapeError,
} from "@daily-kernel/compute";

/** Numbers by index, or a function of the index that counts from 1. */
export type WeightTable = ArrayLike<number> | ((index: number) => number);

/**
 * Weights of a function space, all >= 0: the weight of the set u of coordinates is
 * `order(|u|)` times the product of `product(j)` over j in u. `product` alone gives product weights
 * (order 1 for every size), `order` alone order-dependent ones (product 1), both POD weights
 * (Kuo, Schwab and Sloan 2012). An `order` array is 0 beyond its end: its length bounds the sizes.
 */
export interface CbcWeights {
  product?: WeightTable;
  order?: WeightTable;
}

/** Weights as numbers: one factor a coordinate; one a size of sets, or null for product weights. */
export interface WeightValues {
  product: Float64Array;
  order: Float64Array | null;
}

/** The decay 1/j^2 that every search here has by default. */
const inverseSquares = (j: number): number => 1 / (j * j);

/** The weights of `dimension` coordinates. @throws as `CbcWeights` promises, naming `fn`. */
export function weightValues(
  fn: string,
  weights: CbcWeights | undefined,
  dimension: number,
): WeightValues {
  if (weights === undefined)
    return { product: table(fn, "", inverseSquares, dimension), order: null };
  checkObject(fn, "weights", weights);
  const { product, order } = weights;
  checkType(
    product !== undefined || order !== undefined,
    fn,
    "weights",
    "an object with product or order",
    weights,
  );
  const factors = table(fn, "weights.product", product ?? (() => 1), dimension);
  if (product !== undefined && typeof product !== "function" && product.length < dimension) {
    throw shapeError(
      `${fn}: weights.product must hold ${dimension} numbers, one a dimension, got ${product.length}`,
    );
  }
  const sizes = order === undefined ? null : table(fn, "weights.order", order, dimension);
  if (sizes !== null && !(sizes[0]! > 0)) {
    throw domainError(`${fn}: weights.order must begin with a number > 0, got ${sizes[0]}`);
  }
  return { product: factors, order: sizes };
}

function table(fn: string, name: string, source: WeightTable, dimension: number): Float64Array {
  if (typeof source !== "function") checkNumbers(fn, name, source);
  const length = typeof source === "function" ? dimension : Math.min(dimension, source.length);
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = typeof source === "function" ? source(i + 1) : source[i]!;
    checkType(typeof value === "number", fn, `${name}[${i}]`, "a number", value);
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw domainError(`${fn}: ${name} must be finite and >= 0, got ${value} at index ${i}`);
    }
    values[i] = value;
  }
  return values;
}
