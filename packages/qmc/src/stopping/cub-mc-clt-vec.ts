import { dataError, domainError } from "@daily-kernel/compute";
import { inverseNormalCdf } from "@daily-kernel/special";
import { checkNumber } from "../check-options.ts";
import type { Bounds, Integrand } from "../integrands/integrand.ts";
import { type DoublingOptions, DoublingRule, type DoublingState } from "./doubling-rule.ts";
import { individualAlphas } from "./individual-alphas.ts";

export interface CubMCCLTVecOptions extends DoublingOptions {
  /** Factor >= 1 on the half widths; 1 by default. */
  inflate?: number;
  /** Uncertainty: every solution is in its bounds with probability 1 - alpha; 0.01 by default. */
  alpha?: number;
}

interface State extends DoublingState {
  means: Float64Array;
  /** Sums of squared deviations from the means. */
  squares: Float64Array;
}

/**
 * Monte Carlo with independent points for any number of outputs, doubling them until the confidence
 * intervals of the central limit theorem are short enough. The theorem is asymptotic and the stopping
 * time depends on the data, so the coverage is approximate.
 */
export class CubMCCLTVec extends DoublingRule<State> {
  override readonly name = "CubMCCLTVec";
  readonly #halfWidths: Float64Array;

  constructor(integrand: Integrand, options: CubMCCLTVecOptions = {}) {
    const defaults = { absTol: 1e-2, nInit: 256, nInitMin: 2, nLimit: 2 ** 30, nLimitMax: 2 ** 40 };
    super("CubMCCLTVec", integrand, options, defaults, ["alpha", "inflate"]);
    const { inflate = 1, alpha = 0.01 } = options;
    checkIid("CubMCCLTVec", integrand);
    checkInflate("CubMCCLTVec", inflate);
    this.#halfWidths = individualAlphas("CubMCCLTVec", integrand, alpha).map(
      (a) => -inverseNormalCdf(a / 2) * inflate,
    );
  }

  protected override begin(): State {
    const { outputs } = this.integrand;
    const zeros = () => new Float64Array(outputs);
    return { counts: new Array<number>(outputs).fill(0), means: zeros(), squares: zeros() };
  }

  protected override absorb(
    state: State,
    nMin: number,
    nMax: number,
    values: Float64Array,
    active: Uint8Array,
  ): void {
    const { outputs } = this.integrand;
    for (let k = 0; k < outputs; k++) {
      if (!active[k]) continue;
      // Welford: no cancellation, whatever the mean
      let [mean, squares] = [state.means[k]!, state.squares[k]!];
      for (let i = nMin; i < nMax; i++) {
        const y = values[(i - nMin) * outputs + k]!;
        const delta = y - mean;
        mean += delta / (i + 1);
        squares += delta * (y - mean);
      }
      state.means[k] = mean;
      state.squares[k] = squares;
    }
  }

  protected override bounds({ counts, means, squares }: State): Bounds {
    const half = means.map(
      (_, k) => this.#halfWidths[k]! * Math.sqrt(squares[k]! / (counts[k]! - 1) / counts[k]!),
    );
    return { lower: means.map((m, k) => m - half[k]!), upper: means.map((m, k) => m + half[k]!) };
  }

  protected override save({ counts, means, squares }: State) {
    return { counts, means: [...means], squares: [...squares] };
  }

  protected override load(data: Record<string, unknown>): State {
    const { counts, means, squares } = data as Partial<Record<keyof State, number[]>>;
    const { outputs } = this.integrand;
    if (![counts, means, squares].every((list) => list?.length === outputs)) {
      throw dataError(`${this.name}: resume holds no means of ${outputs} integrals`);
    }
    return {
      counts: [...counts!],
      means: Float64Array.from(means!),
      squares: Float64Array.from(squares!),
    };
  }
}

/** Throws `ERR_DOMAIN` unless the integrand's points are independent, in one replication. */
export function checkIid(where: string, { sequence }: Integrand): void {
  if (sequence.structure !== "iid") {
    throw domainError(
      `${where}: the sequence must be IIDStdUniform, got one of structure "${sequence.structure}"`,
    );
  }
  if (sequence.replications !== 1) {
    throw domainError(
      `${where}: the sequence must have 1 replication, got ${sequence.replications}`,
    );
  }
}

export function checkInflate(where: string, inflate: number): void {
  checkNumber(where, "inflate", inflate, "finite and >= 1", (value) => value >= 1);
}
