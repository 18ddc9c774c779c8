import type { Session } from "../session/backend.ts";
import { median } from "./statistics.ts";
import { type TimingInputs, worstError } from "./timing-inputs.ts";

/** One sample: a few calls on one set of inputs. */
export interface Sample {
  /** Median of the calls, in nanoseconds on the wall. */
  readonly ns: number;
  /** Their mean, and that of the processor time which the system counted for a call, where it does. */
  readonly meanNs: number;
  readonly cpuNs: number | undefined;
  readonly fastestNs: number;
  /** The share of calls whose own clock disagreed with one outside its process. */
  readonly forged: number;
  /** Threads that were alive afterwards. */
  readonly threads: number;
  /** Processors that worked at a time, on average. */
  readonly busy: number;
  /** Share of a processor used while nothing was asked of the process. */
  readonly idle: number;
}

/** Milliseconds for which the process is watched after its calls, the second half for idle work. */
const SETTLE_MS = 2;

interface Options {
  readonly inputs: TimingInputs;
  readonly cold: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A session that is only there to be timed, and that keeps an eye on what the calls left. */
export class TimedSession {
  /** Some call was wrong, changed its inputs, wrote beyond its outputs or failed. */
  wrong = false;
  /** Nanoseconds of the first call on each set of inputs, the very first call left out. */
  readonly firstSights: number[] = [];
  readonly #session: Session;
  readonly #options: Options;
  #next = 0;

  constructor(session: Session, options: Options) {
    this.#session = session;
    this.#options = options;
  }

  /** @throws SessionEnded when the process is gone. */
  async sample(calls: number): Promise<Sample> {
    const { inputs, cold, signal } = this.#options;
    const turn = this.#next++;
    const set = inputs.sets[turn % inputs.sets.length]!;
    const result = await this.#session.call(
      {
        inputs: set.inputs,
        dims: inputs.dims,
        outputs: inputs.outputs,
        poison: set.poison,
        slot: 0,
        timed: calls,
        settle: SETTLE_MS,
        cold,
      },
      signal ? { signal } : {},
    );
    const sound =
      result.status === 0 &&
      result.sameOutputs &&
      result.settled &&
      result.inputsIntact &&
      result.guardsIntact &&
      worstError(result.outputs, set.expected) <= 1;
    if (!sound) this.wrong = true;
    // A clock that stands still or runs backwards says nothing: such a call counts its resolution.
    const ns = result.ns.map((each) => Math.max(each, 1));
    const told = ns.reduce((sum, each) => sum + each, 0);
    const { forgedClocks = 0, cpuNs, idleCpuNs, threads } = result;
    if (turn > 0 && turn < inputs.sets.length) this.firstSights.push(ns[0]!);
    return {
      ns: median(ns),
      meanNs: told / ns.length,
      cpuNs: cpuNs === undefined ? undefined : cpuNs / ns.length,
      fastestNs: Math.min(...ns),
      forged: forgedClocks / ns.length,
      threads,
      busy: (cpuNs ?? told) / told,
      idle: idleCpuNs / (5e5 * SETTLE_MS),
    };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}
