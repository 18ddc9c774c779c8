import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import {
  cellFeatures,
  type kernelBalance,
  kernelImbalance,
  type Ratings,
  type SideFeatures,
} from "@daily-kernel/recommend";

export type Balance = (
  problem: Parameters<typeof kernelBalance>[0],
) => Pick<ReturnType<typeof kernelBalance>, "weights">;

/** Cells drawn to stand for all. */
const CELLS = 10_000;

/** Mean absolute imbalance of 100 kernel functions after balancing 50 others, over that before. */
export function unseenRatio(
  observed: Ratings,
  features: SideFeatures,
  balance: Balance,
  rng: Rng,
): number {
  const { users, items } = observed;
  const draw = (count: number): Matrix => {
    const cells = Array.from({ length: count }, () => rng.integer(users * items));
    return cellFeatures(
      features,
      cells.map((c) => Math.floor(c / items)),
      cells.map((c) => c % items),
    );
  };
  const x = cellFeatures(features, observed.user, observed.item);
  const population = draw(CELLS);
  const kernel = new GaussianKernel({ dimension: x.cols, lengthscales: 0.5 * Math.sqrt(x.cols) });
  const problem = { observed: matrix(x.rows, x.cols, x.data), population, kernel };
  const { weights } = balance({ ...problem, centres: draw(50) });
  const centres = draw(100);
  const size = (of?: Float64Array) =>
    kernelImbalance({ ...problem, centres, weights: of }).reduce((a, v) => a + Math.abs(v), 0);
  return size(weights) / size();
}
