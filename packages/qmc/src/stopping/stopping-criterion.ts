import { checkRunOptions, checkType, dataError } from "@daily-kernel/compute";
import { type Bounds, Integrand } from "../integrands/integrand.ts";

/** What a run of a rule can be continued from: plain data that `JSON.stringify` keeps whole. */
export interface SavedState {
  rule: string;
  version: 1;
  /** What must be equal in the rule that continues: sequence, measure, rule settings. */
  settings: Record<string, unknown>;
  data: Record<string, unknown>;
}

/** Where a rule stands after a step. */
export interface IntegrationProgress {
  /** Points so far, all replications and levels together. */
  n: number;
  /** The combined solutions, and bounds that hold them as far as the rule can tell. */
  solution: Float64Array;
  bounds: Bounds;
  /** 1 for a solution that meets its tolerance. */
  met: Uint8Array;
  /** What casts doubt on the bounds, by name; empty as a rule. Each rule documents its own. */
  flags: readonly string[];
  /** Seconds since the run (or the run that it continues) began. */
  seconds: number;
  /** What `resume` takes: the state after the last step that was finished. */
  state(): SavedState;
}

/** The end of a run. */
export interface Integration extends IntegrationProgress {
  /** Whether every solution meets its tolerance; if not, the limit of points came first. */
  converged: boolean;
  /** One entry a step, the last included: what a table of the run shows. */
  log: readonly LogEntry[];
}

export interface LogEntry {
  n: number;
  solution: number[];
  lower: number[];
  upper: number[];
  seconds: number;
}

export interface StepOptions {
  signal?: AbortSignal;
  /** What `state()` gave in an earlier run with the same settings; tolerances may differ. */
  resume?: SavedState;
}

export interface IntegrateOptions extends StepOptions {
  onProgress?: (progress: IntegrationProgress) => void;
}

/** What one step of a rule found; the base class adds the time, the log and the state. */
export interface Step {
  n: number;
  solution: Float64Array;
  bounds: Bounds;
  met: Uint8Array;
  flags?: readonly string[];
}

/**
 * A rule that takes points until the integrals are known to a tolerance. `integrate` runs it to the
 * end; `run` gives every step. Nothing is lost on cancel: the last progress can be resumed.
 */
export abstract class StoppingCriterion<State = unknown> {
  /** The rule's name, in messages and saved states. */
  abstract readonly name: string;
  readonly integrand: Integrand;

  protected constructor(integrand: Integrand) {
    const ok = integrand instanceof Integrand;
    checkType(ok, new.target.name, "integrand", "an Integrand", integrand);
    this.integrand = integrand;
  }

  /**
   * Takes points and yields after each step; ends when tolerances or the limit are reached. Changes
   * `state` only when a step is finished, so that it can be saved at any time.
   */
  protected abstract steps(state: State, signal: AbortSignal | undefined): AsyncGenerator<Step>;

  /** The state before the first point. */
  protected abstract begin(): State;

  /** The state as plain data, and back; `load` throws `ERR_DATA` for what does not fit. */
  protected abstract save(state: State): Record<string, unknown>;
  protected abstract load(data: Record<string, unknown>): State;

  /** What a saved state must share with this rule. */
  protected abstract settings(): Record<string, unknown>;

  async *run(options: StepOptions = {}): AsyncGenerator<IntegrationProgress, Integration, void> {
    checkRunOptions(`${this.name}.run`, options);
    const { signal, resume } = options;
    const settings = { ...this.settings(), ...(await this.#probe(signal)) };
    const state = resume === undefined ? this.begin() : this.#resume(resume, settings);
    const earlier = (resume?.data.seconds as number | undefined) ?? 0;
    const log: LogEntry[] = [];
    const start = performance.now();
    let last: IntegrationProgress | undefined;
    for await (const step of this.steps(state, signal)) {
      const seconds = earlier + (performance.now() - start) / 1000;
      const frozen = {
        flags: [],
        ...step,
        seconds,
        state: () => this.#saved(state, settings, seconds),
      };
      log.push({
        n: step.n,
        solution: [...step.solution],
        lower: [...step.bounds.lower],
        upper: [...step.bounds.upper],
        seconds,
      });
      last = frozen;
      yield frozen;
    }
    return { ...last!, converged: !last!.met.includes(0), log };
  }

  /** Runs to the end. @throws the signal's reason on abort; `onProgress` had the state then. */
  async integrate(options: IntegrateOptions = {}): Promise<Integration> {
    checkRunOptions(`${this.name}.integrate`, options);
    const { onProgress, ...rest } = options;
    const running = this.run(rest);
    for (;;) {
      const { done, value } = await running.next();
      if (done) return value;
      onProgress?.(value);
    }
  }

  /** The first point and the integrand there: what tells one sequence or integrand from another. */
  async #probe(signal: AbortSignal | undefined): Promise<Record<string, unknown>> {
    const { sequence } = this.integrand;
    const { data, replications } = sequence.points({ nMax: 1 });
    const values = await this.integrand.f(data, replications, signal ? { signal } : {});
    return { points: [...data], values: [...values] };
  }

  #saved(state: State, settings: Record<string, unknown>, seconds: number): SavedState {
    const data = { ...this.save(state), seconds };
    return { rule: this.name, version: 1, settings, data };
  }

  #resume(saved: SavedState, now: Record<string, unknown>): State {
    const { name } = this;
    const where = `${name}: resume`;
    if (saved?.rule !== name || saved.version !== 1) {
      throw dataError(`${where} must be a state of ${name}, got one of ${saved?.rule}`);
    }
    for (const key of Object.keys(now)) {
      const [here, there] = [JSON.stringify(now[key]), JSON.stringify(saved.settings?.[key])];
      if (here === there) continue;
      if (key === "points") throw dataError(`${where} was saved with other points`);
      if (key === "values") throw dataError(`${where} was saved with another integrand`);
      throw dataError(`${where} differs in ${key}: saved with ${there}, this has ${here}`);
    }
    return this.load(saved.data);
  }
}
