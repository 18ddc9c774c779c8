import { discrepancy, Keister, type PointSet, type Sequence } from "@daily-kernel/qmc";
import type { Lab, OwnResult } from "@daily-kernel/reproduction";

export type Facts = OwnResult["facts"];

const short = (value: number) => String(Number(value.toPrecision(3)));
const beside = (value: number, independent: number) =>
  `${short(value)}; independent points ${short(independent)}`;

/**
 * The centred L2 discrepancy (Hickernell 1998) and the L2 star discrepancy (Warnock 1972), each beside
 * the root mean square that n independent points have: the square has the mean
 * (integral of K(x, x) - double integral of K) / n. O(n^2 d).
 */
export async function discrepancyFacts(set: PointSet, of: string, lab: Lab<never>): Promise<Facts> {
  const { n, dimension: d } = set;
  const { pool, signal } = lab;
  const square = await discrepancy(set, "centered-L2", { pool, signal });
  const star = await discrepancy(set, "star-L2", { pool, signal });
  const fact = (label: string, value: number, independentSquare: number) => ({
    label: `${label} discrepancy, ${of}`,
    value: beside(value, Math.sqrt(independentSquare)),
  });
  return [
    fact("Centred L2", Math.sqrt(square), ((5 / 4) ** d - (13 / 12) ** d) / n),
    fact("L2 star", star, ((1 / 2) ** d - (1 / 3) ** d) / n),
  ];
}

/** Mean over the points, and the standard error that as many independent points would have. */
function meanOf(values: Float64Array) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (n - 1) / n) };
}

/** The product over j of 1 + (x_j exp(x_j) - 1) / j^2, whose integral over the unit cube is 1. */
function products({ data, n, dimension }: PointSet): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let product = 1;
    for (let j = 0; j < dimension; j++) {
      const x = data[i * dimension + j]!;
      product *= 1 + (x * Math.exp(x) - 1) / (j + 1) ** 2;
    }
    return product;
  });
}

/** Relative errors at two known integrals of all coordinates. */
export async function integralFacts(set: PointSet, sequence: Sequence): Promise<Facts> {
  const smooth = meanOf(products(set));
  const product = {
    label: "Relative error, a smooth product",
    value: beside(Math.abs(smooth.mean - 1), smooth.standardError),
  };
  const label = "Relative error, Keister's integral";
  if (set.data.includes(0)) {
    return [product, { label, value: "none: a coordinate 0 is minus infinity as a Gaussian" }];
  }
  const exact = Keister.exactValue(set.dimension);
  const keister = meanOf(await new Keister(sequence).f(set.data, set.n));
  const error = Math.abs(keister.mean / exact - 1);
  return [product, { label, value: beside(error, keister.standardError / Math.abs(exact)) }];
}
