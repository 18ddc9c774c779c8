import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  type Matrix,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import type { DerivativeTerm } from "../kernel.ts";
import { checkCount } from "./check-points.ts";
import { radialDerivative } from "./radial-derivative.ts";

/** What this needs to know of a kernel scale * phi(sum_k weights_k (x_k - z_k)^2). */
interface Radial {
  dimension: number;
  scale: number;
  weights: Float64Array;
  /** 1 if one lengthscale serves all dimensions, else the dimension. */
  lengths: number;
  smoothness: number;
  /** phi^(n)(q) */
  profile(n: number, q: number): number;
  /** d phi^(n)(q) / d log p for each parameter p of phi. */
  shapes: ((n: number, q: number) => number)[];
}

/** A term as orders in t = x - z. */
interface Ordered {
  orders: Float64Array;
  coefficient: number;
}

/**
 * The largest total order of a derivative. The terms of Faa di Bruno's formula alternate and grow with
 * the order: at this one a value keeps 9 digits in the far tail and 12 and more where it is large.
 */
export const LARGEST_ORDER = 16;

export function gramDerivative(
  fn: string,
  x: Matrix,
  z: Matrix,
  terms: readonly DerivativeTerm[],
  kernel: Radial,
): Matrix {
  const list = orderTerms(fn, terms, kernel.dimension, kernel.smoothness);
  return sumOfTerms(x, z, kernel, list, kernel.profile);
}

/** The same by the log of each parameter: of scale, lengthscales and the profile's own. */
export function derivativeGradients(
  fn: string,
  x: Matrix,
  z: Matrix,
  terms: readonly DerivativeTerm[],
  kernel: Radial,
): Matrix[] {
  const list = orderTerms(fn, terms, kernel.dimension, kernel.smoothness);
  const byDimension = Array.from({ length: kernel.dimension }, (_, j) => {
    // k depends on t_j / gamma_j, so d k / d log gamma_j = -t_j dk/dt_j, and of a derivative of
    // order b_j in t_j, by Leibniz: -t_j (one order more) - b_j times itself.
    const own = list.map(({ orders, coefficient }) => ({
      orders,
      coefficient: -coefficient * orders[j]!,
    }));
    const higher = list.map(({ orders, coefficient }) => ({
      orders: orders.map((order, k) => (k === j ? order + 1 : order)),
      coefficient: -coefficient,
    }));
    const gradient = sumOfTerms(x, z, kernel, own, kernel.profile);
    const moved = sumOfTerms(x, z, kernel, higher, kernel.profile, j);
    for (let i = 0; i < gradient.data.length; i++) gradient.data[i]! += moved.data[i]!;
    return gradient;
  });
  if (kernel.lengths === 1 && byDimension.length > 1) {
    const [first, ...rest] = byDimension.splice(0);
    for (const { data } of rest) for (let i = 0; i < data.length; i++) first!.data[i]! += data[i]!;
    byDimension.push(first!);
  }
  return [
    sumOfTerms(x, z, kernel, list, kernel.profile),
    ...byDimension,
    ...kernel.shapes.map((shape) => sumOfTerms(x, z, kernel, list, shape)),
  ];
}

/** Below this q, powers of 1/q overflow; what they multiply is 0 in the limit. */
const COINCIDENT = 1e-140;

/** The sum at every pair, each multiplied by t_factor if a factor is given. */
function sumOfTerms(
  x: Matrix,
  z: Matrix,
  kernel: Radial,
  terms: readonly Ordered[],
  profile: (n: number, q: number) => number,
  factor?: number,
): Matrix {
  const { dimension: d, weights } = kernel;
  const out = matrix(x.rows, z.rows);
  const t = new Float64Array(d);
  const totals = terms.map(({ orders }) => orders.reduce((sum, order) => sum + order, 0));
  const polynomials = totals.map((total) => new Float64Array(total + 1));
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < z.rows; j++) {
      let q = 0;
      for (let k = 0; k < d; k++) {
        t[k] = x.data[i * d + k]! - z.data[j * d + k]!;
        q += weights[k]! * t[k]! * t[k]!;
      }
      let sum = 0;
      for (let l = 0; l < terms.length; l++) {
        const { orders, coefficient } = terms[l]!;
        if (coefficient === 0) continue;
        const polynomial = radialDerivative(orders, weights, t, polynomials[l]!);
        for (let n = Math.ceil(totals[l]! / 2); n <= totals[l]!; n++) {
          // With t the derivative's odd part vanishes, and with it every term but the lowest.
          if (q < COINCIDENT && (2 * n > totals[l]! || factor !== undefined)) continue;
          const value = profile(n, q);
          if (value !== 0) sum += coefficient * polynomial[n]! * value; // far: infinity times 0
        }
      }
      out.data[i * z.rows + j] = kernel.scale * (factor === undefined ? sum : sum * t[factor]!);
    }
  }
  return out;
}

function orderTerms(
  fn: string,
  terms: readonly DerivativeTerm[],
  dimension: number,
  smoothness: number,
): Ordered[] {
  checkType(Array.isArray(terms), fn, "terms", "an array of derivative terms", terms);
  return terms.map((term, l) => {
    checkObject(fn, `terms[${l}]`, term);
    const { coefficient = 1 } = term;
    checkNumbers(fn, `terms[${l}].coefficient`, [coefficient]);
    if (!Number.isFinite(coefficient)) {
      throw domainError(`${fn}: terms[${l}].coefficient must be finite, got ${coefficient}`);
    }
    const inX = checkOrders(fn, `terms[${l}].x`, term.x, dimension);
    const inZ = checkOrders(fn, `terms[${l}].z`, term.z, dimension);
    const total = (orders: Float64Array) => orders.reduce((sum, order) => sum + order, 0);
    if (total(inX) + total(inZ) > smoothness) {
      throw domainError(
        `${fn}: terms[${l}] has total order ${total(inX) + total(inZ)}, but this kernel's derivatives are continuous, and exact enough, up to order ${smoothness}`,
      );
    }
    const sign = total(inZ) % 2 === 0 ? 1 : -1;
    return { orders: inX.map((order, j) => order + inZ[j]!), coefficient: sign * coefficient };
  });
}

function checkOrders(
  fn: string,
  name: string,
  orders: ArrayLike<number> | undefined,
  dimension: number,
): Float64Array {
  if (orders === undefined) return new Float64Array(dimension);
  checkNumbers(fn, name, orders);
  if (orders.length !== dimension) {
    throw shapeError(`${fn}: ${name} must hold ${dimension} orders, got ${orders.length}`);
  }
  for (let j = 0; j < dimension; j++) checkCount(fn, `${name}[${j}]`, orders[j], 0);
  return Float64Array.from(orders);
}
