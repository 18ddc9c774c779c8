import { domainError } from "@daily-kernel/compute";
import type { Integrand } from "../integrands/integrand.ts";
import { errorOf, sampleSize } from "./berry-esseen.ts";
import { deviation, noMoments } from "./moments.ts";
import type { Step } from "./stopping-criterion.ts";
import { type TwoStageOptions, TwoStageRule, type TwoStageState } from "./two-stage.ts";

interface State extends TwoStageState {
  /** Samples of the second stage that were begun (only one without a relative tolerance). */
  round: number;
  /** Half width that the sample under way is to have. */
  halfWidth: number;
}

/**
 * Guaranteed Monte Carlo: the interval holds the integral with probability 1 - alpha for every
 * integrand whose kurtosis is below `kurtosisMax`, not only in the limit (Hickernell, Jiang, Liu and
 * Owen 2014; with a relative tolerance Jiang 2016). Half of alpha goes to the variance, the rest to the
 * mean; with a relative tolerance round i of the second stage may use 2^-i of that.
 */
export class CubMCG extends TwoStageRule<State> {
  override readonly name = "CubMCG";
  /** The kurtosis up to which the variance of the first stage can be trusted. */
  readonly kurtosisMax: number;

  constructor(integrand: Integrand, options: TwoStageOptions = {}) {
    super("CubMCG", integrand, options);
    const { nInit: n, inflate } = this;
    if (inflate === 1) throw domainError("CubMCG: inflate must be > 1, got 1");
    const alpha = this.alpha / 2;
    this.kurtosisMax =
      (n - 3) / (n - 1) + ((alpha * n) / (1 - alpha)) * (1 - 1 / inflate ** 2) ** 2;
  }

  protected override begin(): State {
    const none = noMoments();
    return { n: 0, pilot: none, beta: [], main: none, round: 0, halfWidth: 0 };
  }

  protected override async *steps(
    state: State,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    await this.firstStage(state, signal);
    const sigma = this.inflate * deviation(state.pilot);
    const forMean = (this.alpha - this.alpha / 2) / (1 - this.alpha / 2);
    if (this.tolerance.relTol[0] === 0) yield* this.#absolute(state, sigma, forMean, signal);
    else yield* this.#relative(state, sigma, forMean, signal);
  }

  async *#absolute(
    state: State,
    sigma: number,
    alpha: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    const error = this.tolerance.absTol[0]! / sigma;
    const wanted = sigma === 0 ? 1 : sampleSize(error, alpha, this.kurtosisMax);
    const target = Math.min(wanted, this.nLimit - this.nInit);
    for (let finished = false; !finished; ) {
      finished = await this.secondStage(state, target, signal);
      const half =
        wanted <= target && finished ? error : errorOf(state.main.n, alpha, this.kurtosisMax);
      yield this.step(state, sigma === 0 ? 0 : sigma * half, finished && wanted <= target);
    }
  }

  async *#relative(
    state: State,
    sigma: number,
    alpha: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    const { absTol, relTol } = this.tolerance;
    if (state.round === 0) {
      state.halfWidth = sigma * errorOf(this.nInit, alpha / 2, this.kurtosisMax);
      state.round = 1;
    }
    for (;;) {
      const share = alpha * 2 ** -state.round;
      const error = state.halfWidth / sigma;
      const wanted = sigma === 0 ? 1 : sampleSize(error, share, this.kurtosisMax);
      const room = this.nLimit - state.n + state.main.n;
      const target = Math.min(wanted, room);
      for (let finished = false; !finished; ) {
        finished = await this.secondStage(state, target, signal);
        const half =
          wanted <= target && finished
            ? state.halfWidth
            : sigma * errorOf(state.main.n, share, this.kurtosisMax);
        const { mean } = state.main;
        const { met } = this.tolerance.decide({
          lower: Float64Array.of(mean - half),
          upper: Float64Array.of(mean + half),
        });
        const enough = finished && met[0] === 1;
        yield this.step(state, sigma === 0 ? 0 : half, enough);
        if (enough) return;
      }
      if (state.n >= this.nLimit) return;
      const { mean } = state.main;
      const goal = Math.max(absTol[0]!, 0.95 * relTol[0]! * Math.abs(mean));
      state.halfWidth = Math.min(state.halfWidth / 2, goal);
      state.round++;
      state.main = noMoments();
    }
  }
}
