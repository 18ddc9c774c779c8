import { dataError, domainError } from "@daily-kernel/compute";
import type { Bounds, Integrand } from "../integrands/integrand.ts";
import { StudentDistribution } from "../measures/student-distribution.ts";
import { checkInflate } from "./cub-mc-clt-vec.ts";
import { type DoublingOptions, DoublingRule, type DoublingState } from "./doubling-rule.ts";
import { individualAlphas } from "./individual-alphas.ts";

export interface RepStudentTOptions extends DoublingOptions {
  /** Factor >= 1 on the half widths; 1 by default. */
  inflate?: number;
  /** Uncertainty: every solution is in its bounds with probability 1 - alpha; 0.01 by default. */
  alpha?: number;
}

interface State extends DoublingState {
  /** Sum of integral k over replication r at `[k * replications + r]`. */
  sums: Float64Array;
}

/**
 * Integration by independent randomisations of the same points: Student's t confidence intervals of
 * the mean over the replications (Owen 2023; L'Ecuyer et al. 2023). The sequence must have at least 2
 * replications; 16 to 25 are usual.
 */
export class CubQMCRepStudentT extends DoublingRule<State> {
  override readonly name = "CubQMCRepStudentT";
  readonly #halfWidths: Float64Array;

  constructor(integrand: Integrand, options: RepStudentTOptions = {}) {
    const defaults = { absTol: 1e-2, nInit: 256, nInitMin: 1, nLimit: 2 ** 30, nLimitMax: 2 ** 40 };
    super("CubQMCRepStudentT", integrand, options, defaults, ["alpha", "inflate"]);
    const { inflate = 1, alpha = 0.01 } = options;
    const { replications, structure } = integrand.sequence;
    if (replications < 2) {
      throw domainError(
        `CubQMCRepStudentT: the sequence must have at least 2 replications, got ${replications}`,
      );
    }
    if (structure === "iid") {
      throw domainError("CubQMCRepStudentT: the sequence must be a low-discrepancy one, got iid");
    }
    checkInflate("CubQMCRepStudentT", inflate);
    this.#halfWidths = individualAlphas("CubQMCRepStudentT", integrand, alpha).map(
      (a) =>
        (-new StudentDistribution(replications - 1).quantile(a / 2) * inflate) /
        Math.sqrt(replications),
    );
  }

  protected override begin(): State {
    const { outputs, sequence } = this.integrand;
    const sums = new Float64Array(outputs * sequence.replications);
    return { counts: new Array<number>(outputs).fill(0), sums };
  }

  protected override absorb(
    state: State,
    nMin: number,
    nMax: number,
    values: Float64Array,
    active: Uint8Array,
  ): void {
    const { outputs, sequence } = this.integrand;
    const { replications } = sequence;
    const n = nMax - nMin;
    for (let r = 0, at = 0; r < replications; r++) {
      const sums = new Float64Array(outputs);
      for (let i = 0; i < n; i++) for (let k = 0; k < outputs; k++) sums[k]! += values[at++]!;
      for (let k = 0; k < outputs; k++) {
        if (active[k]) state.sums[k * replications + r]! += sums[k]!;
      }
    }
  }

  protected override bounds(state: State): Bounds {
    const { outputs, sequence } = this.integrand;
    const { replications } = sequence;
    const [lower, upper] = [new Float64Array(outputs), new Float64Array(outputs)];
    for (let k = 0; k < outputs; k++) {
      const sums = state.sums.subarray(k * replications, (k + 1) * replications);
      const means = sums.map((sum) => sum / state.counts[k]!);
      const mean = means.reduce((s, m) => s + m, 0) / replications;
      const squares = means.reduce((s, m) => s + (m - mean) ** 2, 0);
      const half = this.#halfWidths[k]! * Math.sqrt(squares / (replications - 1));
      lower[k] = mean - half;
      upper[k] = mean + half;
    }
    return { lower, upper };
  }

  protected override save(state: State) {
    return { counts: state.counts, sums: [...state.sums] };
  }

  protected override load(data: Record<string, unknown>): State {
    const { counts, sums } = data as { counts?: number[]; sums?: number[] };
    const { outputs, sequence } = this.integrand;
    if (counts?.length !== outputs || sums?.length !== outputs * sequence.replications) {
      throw dataError(`${this.name}: resume holds no sums of ${outputs} integrals`);
    }
    return { counts: [...counts], sums: Float64Array.from(sums) };
  }
}
