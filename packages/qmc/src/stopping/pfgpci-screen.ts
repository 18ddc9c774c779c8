import { type Matrix, matrix } from "@daily-kernel/compute";
import { GaussianProcess, KernelRidge } from "@daily-kernel/kernels";
import { misjudgedAt } from "./pfgpci-nodes.ts";

/** Observations that bound the variance. */
const FEW = 64;

/**
 * Accepts draws with twice the probability that a process misjudges whether a point fails, which is at
 * most 1. Most can be turned down by the mean, which costs n operations, and the variance given only the first 64 observations, which is no less than that
 * given all n; the variance itself costs n^2.
 */
export class Screen {
  readonly #process: GaussianProcess;
  readonly #few: GaussianProcess | undefined;
  readonly #means: KernelRidge | undefined;

  constructor(process: GaussianProcess) {
    this.#process = process;
    const { kernel, noise, jitter, x, y } = process;
    if (x.rows <= 2 * FEW || noise + jitter === 0) return;
    const first = matrix(FEW, x.cols, x.data.slice(0, FEW * x.cols));
    try {
      this.#means = KernelRidge.fit(kernel, x, y, { ridge: noise + jitter });
      this.#few = GaussianProcess.fit(kernel, first, y.subarray(0, FEW), { noise });
    } catch (error) {
      if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
    }
  }

  /** The draws that are accepted; `levels` has one number in [0, 1) a row of `draws`. */
  accepted(draws: Matrix, levels: Float64Array): Float64Array[] {
    const rows = this.#plausible(draws, levels);
    const d = draws.cols;
    const points = rows.map((i) => draws.data.subarray(i * d, (i + 1) * d));
    const { mean, variance } = this.#process.predict(
      matrix(
        rows.length,
        d,
        points.flatMap((point) => [...point]),
      ),
    );
    return points.filter((_, k) => levels[rows[k]!]! < 2 * misjudgedAt(mean[k]!, variance[k]!));
  }

  #plausible(draws: Matrix, levels: Float64Array): number[] {
    const all = Array.from(levels, (_, i) => i);
    if (this.#few === undefined) return all;
    const mean = this.#means!.predict(draws).data;
    const { variance } = this.#few.predict(draws);
    return all.filter((i) => levels[i]! < 2 * misjudgedAt(mean[i]!, variance[i]!));
  }
}
