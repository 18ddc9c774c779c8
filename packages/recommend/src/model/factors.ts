import type { Rng } from "@daily-kernel/compute";

/** Where a model's parameters lie in one array: user factors, item factors, biases, mean. */
export interface Layout {
  readonly users: number;
  readonly items: number;
  readonly rank: number;
  readonly biases: boolean;
}

/** The law of initial factors: N(0, 0.01), N(0, 1), or uniform on [0, 1]. */
export type InitialLaw = "normal" | "standard-normal" | "uniform";

/** How many parameters there are. */
export const sizeOf = ({ users, items, rank, biases }: Layout): number =>
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

/** Sets factors of the law at hand, biases 0, the mean as given. */
export function setInitial(
  theta: Float64Array,
  layout: Layout,
  law: InitialLaw,
  mean: number,
  rng: Rng,
): void {
  const factors = new Float64Array((layout.users + layout.items) * layout.rank);
  if (law === "uniform") rng.fillUniform(factors);
  else {
    const spread = law === "normal" ? 0.1 : 1;
    for (let k = 0; k < factors.length; k++) factors[k] = spread * rng.normal();
  }
  theta.set(factors);
  if (layout.biases) theta[theta.length - 1] = mean;
}
