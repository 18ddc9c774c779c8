import { Rng } from "@daily-kernel/compute";
import { type Clock, clockOf, type Pair, timeOf } from "./clock.ts";
import { bootstrapInterval, median } from "./statistics.ts";
import type { Sample, TimedSession } from "./stopwatch-session.ts";

/** A sample takes about so long, but no more than that many calls. */
const SAMPLE_NS = 2e6;
const MOST_CALLS = 32;
/** Of what takes longer than this a baseline alone is shown by two calls after the first. */
const SLOW_NS = 5e7;

const callsOf = (ns: number) => Math.min(MOST_CALLS, Math.max(1, Math.ceil(SAMPLE_NS / ns)));

/** A kernel with nobody beside it. */
export interface Alone {
  /** How many calls make a sample. */
  readonly calls: number;
  readonly samples: readonly Sample[];
}

/** Times a baseline by itself, over all sets of inputs where that is quick. */
export async function timeAlone(session: TimedSession, sets: number): Promise<Alone> {
  const first = await session.sample(1);
  const calls = callsOf(first.ns);
  const samples: Sample[] = [];
  const count = first.ns > SLOW_NS ? 2 : Math.max(3, sets);
  for (let i = 0; i < count; i++) samples.push(await session.sample(calls));
  return { calls, samples };
}

/** What interleaved samples of two kernels showed. */
export interface Round {
  readonly pairs: readonly Pair[];
  readonly clock: Clock;
  readonly firstSights: readonly number[];
  readonly wrong: boolean;
  readonly gaveUp: boolean;
}

interface Interleaving {
  readonly pairs: readonly [least: number, most: number];
  readonly precision: number;
  readonly giveUpAt: number;
  /** Neither process can start another one. */
  readonly sealed: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((fraction: number) => void) | undefined;
}

/** Alternates samples of the two, in an order that alternates too, until the interval is narrow enough. */
export async function interleave(
  ours: TimedSession,
  theirs: TimedSession,
  theirCalls: number,
  { pairs: [least, most], precision, giveUpAt, sealed, signal, onProgress }: Interleaving,
): Promise<Round> {
  const warm = await ours.sample(1);
  // Of a fast kernel at least three calls: the first finds its numbers in another cache.
  const ourCalls = Math.max(callsOf(warm.ns), warm.ns < 50 * SAMPLE_NS ? 3 : 1);
  const pairs: Pair[] = [];
  let clock: Clock = "wall";
  let gaveUp = false;
  for (let i = 0; i < most; i++) {
    signal?.throwIfAborted();
    const before = i % 2 === 0 ? await theirs.sample(theirCalls) : null;
    const sample = await ours.sample(ourCalls);
    pairs.push({ ours: sample, theirs: before ?? (await theirs.sample(theirCalls)) });
    onProgress?.((i + 1) / most);
    clock = clockOf(pairs, sealed);
    if (i === 2 && median(ratiosOf({ pairs, clock })) * giveUpAt < 1) {
      gaveUp = true;
      break;
    }
    if (i + 1 >= least && spread({ pairs, clock }) <= precision) break;
  }
  return { pairs, clock, firstSights: ours.firstSights, wrong: ours.wrong, gaveUp };
}

type Timed = Pick<Round, "pairs" | "clock">;

/** How many times faster ours was, pair by pair. */
export const ratiosOf = ({ pairs, clock }: Timed): readonly number[] =>
  pairs.map(({ ours, theirs }) => timeOf(theirs, clock) / timeOf(ours, clock));

/** The bootstrap interval of the median ratio. */
export const intervalOf = (ratios: readonly number[]): [number, number] =>
  bootstrapInterval(ratios, median, new Rng(1, "forge speedup"), 400);

/** The width of that interval as a share of the median. */
function spread(timed: Timed): number {
  const ratios = ratiosOf(timed);
  const [low, high] = intervalOf(ratios);
  return (high - low) / median(ratios);
}
