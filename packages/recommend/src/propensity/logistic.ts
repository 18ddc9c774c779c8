import { domainError, type Matrix, matrix } from "@daily-kernel/compute";
import { minimise } from "@daily-kernel/kernels";
import { checkReal, sigmoid } from "../check.ts";
import type { Ratings } from "../ratings/ratings.ts";

export interface LogisticPropensityOptions {
  /** users x p; one-hot by default: an effect a user. */
  userFeatures?: Matrix | undefined;
  /** items x q; one-hot by default. */
  itemFeatures?: Matrix | undefined;
  /** Weight of half the squared coefficients against the sum of log losses. Default 1. */
  l2?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The probability that each cell is observed, users x items, from a logistic regression with
 * features of the user and of the item: logit p = a + w . x_user + v . x_item, fitted to all cells
 * by L-BFGS. It sees no ratings. O(users * items) an iteration.
 *
 * @throws RangeError `ERR_DOMAIN` for features of another number of rows or l2 < 0.
 */
export async function logisticPropensity(
  observed: Ratings,
  options: LogisticPropensityOptions = {},
): Promise<Matrix> {
  const { l2 = 1, signal, userFeatures, itemFeatures } = options;
  const { users, items } = observed;
  checkReal("logisticPropensity", "l2", l2, 0);
  const u = scores("userFeatures", userFeatures, users);
  const v = scores("itemFeatures", itemFeatures, items);
  const perUser = new Float64Array(users);
  const perItem = new Float64Array(items);
  for (const k of observed.user) perUser[k]!++;
  for (const k of observed.item) perItem[k]!++;
  const n = observed.rating.length;

  const parts = (w: Float64Array) => ({
    a: w[0]!,
    su: u.times(w.subarray(1, 1 + u.size)),
    sv: v.times(w.subarray(1 + u.size)),
  });
  const { x } = await minimise(
    (w) => {
      const { a, su, sv } = parts(w);
      const du = perUser.map((count) => -count);
      const dv = perItem.map((count) => -count);
      let value = -n * a;
      let da = -n;
      for (let i = 0; i < users; i++) value -= perUser[i]! * su[i]!;
      for (let j = 0; j < items; j++) value -= perItem[j]! * sv[j]!;
      for (let i = 0; i < users; i++) {
        const s = a + su[i]!;
        for (let j = 0; j < items; j++) {
          const score = s + sv[j]!;
          const e = Math.exp(-Math.abs(score)); // one exponential for chance and loss
          const p = score >= 0 ? 1 / (1 + e) : e / (1 + e);
          value += Math.max(score, 0) + Math.log1p(e);
          du[i]! += p;
          dv[j]! += p;
          da += p;
        }
      }
      const gradient = Float64Array.from([da, ...u.transposed(du), ...v.transposed(dv)]);
      for (let k = 1; k < w.length; k++) {
        value += (l2 / 2) * w[k]! ** 2;
        gradient[k]! += l2 * w[k]!;
      }
      return { value, gradient };
    },
    new Float64Array(1 + u.size + v.size),
    { maxIterations: 200, tolerance: 1e-7, signal },
  );
  const { a, su, sv } = parts(x);
  const out = matrix(users, items);
  for (let i = 0; i < users; i++) {
    for (let j = 0; j < items; j++) out.data[i * items + j] = sigmoid(a + su[i]! + sv[j]!);
  }
  return out;
}

/** Products with a feature matrix, or with the identity where there is none. */
function scores(name: string, features: Matrix | undefined, rows: number) {
  if (features === undefined) {
    return { size: rows, times: (w: Float64Array) => w, transposed: (d: Float64Array) => d };
  }
  const { data, cols } = features;
  if (features.rows !== rows) {
    throw domainError(`logisticPropensity: ${name} must have ${rows} rows, got ${features.rows}`);
  }
  return {
    size: cols,
    times(w: Float64Array): Float64Array {
      const out = new Float64Array(rows);
      for (let c = 0; c < data.length; c++) out[Math.floor(c / cols)]! += data[c]! * w[c % cols]!;
      return out;
    },
    transposed(d: Float64Array): Float64Array {
      const out = new Float64Array(cols);
      for (let c = 0; c < data.length; c++) out[c % cols]! += data[c]! * d[Math.floor(c / cols)]!;
      return out;
    },
  };
}
