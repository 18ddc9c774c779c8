import { inverseNormalCdf } from "@daily-kernel/special";
import type { Integrand } from "../integrands/integrand.ts";
import { deviation, noMoments } from "./moments.ts";
import type { Step } from "./stopping-criterion.ts";
import { type TwoStageOptions, TwoStageRule, type TwoStageState } from "./two-stage.ts";

/**
 * Monte Carlo in two stages by the central limit theorem: the first stage tells how many points the
 * second needs for a confidence interval of the wanted length.
 */
export class CubMCCLT extends TwoStageRule {
  override readonly name = "CubMCCLT";

  constructor(integrand: Integrand, options: TwoStageOptions = {}) {
    super("CubMCCLT", integrand, options);
  }

  protected override begin(): TwoStageState {
    return { n: 0, pilot: noMoments(), beta: [], main: noMoments() };
  }

  protected override async *steps(
    state: TwoStageState,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    const z = -inverseNormalCdf(this.alpha / 2) * this.inflate;
    await this.firstStage(state, signal);
    const { pilot } = state;
    const allowed = this.tolerance.allowed(0, pilot.mean);
    const wanted = Math.ceil(((z * deviation(pilot)) / allowed) ** 2);
    const target = Math.min(Math.max(this.nInit, wanted), this.nLimit - this.nInit);
    yield this.step(state, (z * deviation(pilot)) / Math.sqrt(pilot.n), false);
    for (let finished = false; !finished; ) {
      finished = await this.secondStage(state, target, signal);
      const { main } = state;
      const half = (z * deviation(main)) / Math.sqrt(main.n);
      yield this.step(state, half, finished && main.n >= wanted);
    }
  }
}
