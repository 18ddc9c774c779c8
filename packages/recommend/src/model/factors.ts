import type { Rng } from "@daily-kernel/compute";

/** Where a model's parameters lie in one array: user factors, item factors, biases, mean. */
export interface Layout {
  readonly users: number;
  readonly items: number;
  readonly rank: number;
  readonly biases: boolean;
}

const sizeOf = ({ users, items, rank, biases }: Layout): number =>
  (users + items) * (rank + (biases ? 1 : 0)) + (biases ? 1 : 0);

/** p_u . q_i, with the biases if there are any. */
export function scoreOf(theta: Float64Array, layout: Layout, user: number, item: number): number {
  const { users, items, rank, biases } = layout;
  const p = user * rank;
  const q = (users + item) * rank;
  let score = 0;
  for (let k = 0; k < rank; k++) score += theta[p + k]! * theta[q + k]!;
  if (!biases) return score;
  const b = (users + items) * rank;
  return score + theta[b + user]! + theta[b + users + item]! + theta[b + users + items]!;
}

/** Adds slope times the gradient of the score at (user, item). */
export function addGradient(
  gradient: Float64Array,
  theta: Float64Array,
  layout: Layout,
  user: number,
  item: number,
  slope: number,
): void {
  const { users, items, rank, biases } = layout;
  const p = user * rank;
  const q = (users + item) * rank;
  for (let k = 0; k < rank; k++) {
    gradient[p + k]! += slope * theta[q + k]!;
    gradient[q + k]! += slope * theta[p + k]!;
  }
  if (!biases) return;
  const b = (users + items) * rank;
  gradient[b + user]! += slope;
  gradient[b + users + item]! += slope;
  gradient[b + users + items]! += slope;
}

/** Factors of the law at hand, biases 0, the mean as given. */
export function initialFactors(
  layout: Layout,
  law: "normal" | "uniform",
  mean: number,
  rng: Rng,
): Float64Array {
  const theta = new Float64Array(sizeOf(layout));
  const factors = theta.subarray(0, (layout.users + layout.items) * layout.rank);
  if (law === "uniform") rng.fillUniform(factors);
  else for (let k = 0; k < factors.length; k++) factors[k] = 0.1 * rng.normal();
  if (layout.biases) theta[theta.length - 1] = mean;
  return theta;
}
