import { checkType, domainError, Rng } from "@daily-kernel/compute";
import type { Backend, Candidate, Limits } from "../session/backend.ts";
import type { Dims, Task } from "../task/task.ts";
import { boundOf, type Roofs } from "./roofs.ts";
import { bootstrapInterval, iqr, median } from "./statistics.ts";
import { type Sample, TimedSession } from "./stopwatch-session.ts";
import type { Timing, TimingFlag } from "./timing.ts";
import { type TimingInputs, timingInputs } from "./timing-inputs.ts";

/** How to measure; everything but the back end and the sizes has a default. */
export interface Protocol {
  readonly backend: Backend;
  /** Of the baseline; the candidate's by default. */
  readonly baselineBackend?: Backend;
  readonly dims: Dims;
  /** Drawn from `seed` by default; give it to measure many candidates with the same numbers. */
  readonly inputs?: TimingInputs;
  readonly seed?: number | bigint;
  readonly limits?: Limits;
  /** Interleaved pairs: at least the first, then more up to the second (5 and 15) ... */
  readonly pairs?: readonly [number, number];
  /** ... until the interval of the speedup is no wider than this share of it (0.05). */
  readonly precision?: number;
  readonly cold?: boolean;
  /**
   * A measurement of this machine (`measureRoofs`); the roof is that of as many threads as the
   * candidate was seen to use. Without it nothing is too fast to be true.
   */
  readonly roofs?: Roofs;
  /** Measures the roofs once more, since a busy machine may have shown them too low. */
  readonly renewRoofs?: () => Promise<Roofs>;
  /** Ends early when the candidate takes so many times longer than the baseline (10). */
  readonly giveUpAt?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

const defaultLimits: Limits = {
  callTimeout: 20_000,
  compileTimeout: 60_000,
  memory: 2 ** 31,
  processes: 64,
};
/** A sample takes about so long, but no more than that many calls. */
const SAMPLE_NS = 2e6;
const MOST_CALLS = 32;
/** Of what takes longer than this a baseline alone is shown by two calls after the first. */
const SLOW_NS = 5e7;

/**
 * Times a candidate beside a baseline: each in a process of its own, alternately, in an order that
 * alternates too, on the same numbers, whose results are checked against the task's reference. The
 * speedup is the median ratio of pairs, with a bootstrap interval. What looks like a trick is
 * measured once more before it is flagged.
 *
 * Takes about `pairs * (baseline + candidate)` time. `rejecting` tells the flags that count.
 * @throws CandidateCompileError and SessionEnded of either kernel; RangeError for a bad protocol.
 */
export async function measure(
  task: Task,
  candidate: Candidate,
  baseline: Candidate,
  protocol: Protocol,
): Promise<Timing> {
  const { backend, dims, signal, cold = false, giveUpAt = 10, precision = 0.05 } = protocol;
  checkType(
    typeof backend?.open === "function",
    "measure",
    "protocol.backend",
    "a Backend",
    backend,
  );
  const { baselineBackend = backend, limits = defaultLimits, pairs = [5, 15] } = protocol;
  if (!(Number.isInteger(pairs[0]) && pairs[0] >= 1 && pairs[1] >= pairs[0]))
    throw domainError(`measure: protocol.pairs must rise from 1, got [${pairs.join(", ")}]`);
  const inputs = protocol.inputs ?? timingInputs(task, dims, { seed: protocol.seed ?? 0 });
  const timed = { inputs, cold, signal };
  const within = signal ? { limits, signal } : { limits };
  const open = async (source: Candidate, on: Backend) =>
    new TimedSession(await on.open(await on.compile(source, within), within), timed);

  const theirs = await open(baseline, baselineBackend);
  try {
    const alone = await samplesAlone(theirs, inputs.sets.length);
    const run = async (): Promise<Round> => {
      const ours = await open(candidate, backend);
      try {
        return await interleave(ours, theirs, alone.calls, {
          pairs,
          precision,
          giveUpAt,
          signal,
          onProgress: protocol.onProgress,
        });
      } finally {
        await ours.close();
      }
    };
    let { roofs } = protocol;
    const boundFor = ({ pairs: taken }: Round) => {
      if (!roofs) return null;
      const threads = Math.ceil(median(taken.map(({ ours }) => ours.busy)) - 0.3);
      const work = { flops: task.flops(dims), bytes: task.bytes(dims), cold };
      return boundOf(roofs, { ...work, threads: Math.max(1, threads) }).ns;
    };

    let round = await run();
    let { ns: baselineAlone, slowest } = alone;
    let doubts = doubtsOf(round, slowest, boundFor(round));
    if (doubts.size > 0) {
      if (doubts.has("implausible") && protocol.renewRoofs) roofs = await protocol.renewRoofs();
      // The candidate's process is gone: now the baseline shows what it can do.
      ({ ns: baselineAlone, slowest } = await samplesAlone(theirs, inputs.sets.length));
      round = await run();
      doubts = doubtsOf(round, slowest, boundFor(round)).intersection(doubts);
    }
    return timingOf(round, { doubts, bound: boundFor(round), baselineAlone, cold, precision });
  } finally {
    await theirs.close();
  }
}

interface Pair {
  readonly ours: Sample;
  readonly theirs: Sample;
}

interface Round {
  readonly pairs: readonly Pair[];
  readonly firstSights: readonly number[];
  readonly wrong: boolean;
  readonly gaveUp: boolean;
}

/** The baseline by itself: its time, and how many calls make a sample. */
async function samplesAlone(session: TimedSession, sets: number) {
  const first = await session.sample(1);
  const calls = callsOf(first.ns);
  const samples: number[] = [];
  const count = first.ns > SLOW_NS ? 2 : Math.max(3, sets);
  for (let i = 0; i < count; i++) samples.push((await session.sample(calls)).ns);
  return { calls, ns: median(samples), slowest: Math.max(...samples) };
}

const callsOf = (ns: number) => Math.min(MOST_CALLS, Math.max(1, Math.ceil(SAMPLE_NS / ns)));

interface Interleaving {
  readonly pairs: readonly [number, number];
  readonly precision: number;
  readonly giveUpAt: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((fraction: number) => void) | undefined;
}

async function interleave(
  ours: TimedSession,
  theirs: TimedSession,
  theirCalls: number,
  { pairs: [least, most], precision, giveUpAt, signal, onProgress }: Interleaving,
): Promise<Round> {
  const warm = await ours.sample(1);
  // Of a fast kernel at least three calls: the first finds its numbers in another cache.
  const ourCalls = Math.max(callsOf(warm.ns), warm.ns < 50 * SAMPLE_NS ? 3 : 1);
  const pairs: Pair[] = [];
  let gaveUp = false;
  for (let i = 0; i < most; i++) {
    signal?.throwIfAborted();
    const before = i % 2 === 0 ? await theirs.sample(theirCalls) : null;
    const sample = await ours.sample(ourCalls);
    pairs.push({ ours: sample, theirs: before ?? (await theirs.sample(theirCalls)) });
    onProgress?.((i + 1) / most);
    if (i === 2 && median(pairs.map(ratio)) * giveUpAt < 1) {
      gaveUp = true;
      break;
    }
    if (i + 1 >= least && spread(pairs) <= precision) break;
  }
  return { pairs, firstSights: ours.firstSights, wrong: ours.wrong, gaveUp };
}

const ratio = ({ ours, theirs }: Pair) => theirs.ns / ours.ns;

const speedupInterval = (pairs: readonly Pair[]) =>
  bootstrapInterval(pairs.map(ratio), median, new Rng(1, "forge speedup"), 400);

function spread(pairs: readonly Pair[]): number {
  const [low, high] = speedupInterval(pairs);
  return (high - low) / median(pairs.map(ratio));
}

/** What does not look right, to be measured again. */
function doubtsOf(round: Round, slowestAlone: number, bound: number | null): Set<TimingFlag> {
  const doubts = new Set<TimingFlag>();
  const of = (pick: (pair: Pair) => number) => median(round.pairs.map(pick));
  const ns = of(({ ours }) => ours.ns);
  if (bound !== null && bound > 1.05 * ns) doubts.add("implausible");
  // Other work on the machine slows some calls; a candidate that does so slows all of them.
  if (Math.min(...round.pairs.map(({ theirs }) => theirs.ns)) > 1.3 * slowestAlone)
    doubts.add("slowed-baseline");
  if (of(({ ours }) => ours.forged) > 0.5) doubts.add("clock-mismatch");
  const unseen = Math.min(...round.firstSights);
  if (round.firstSights.length > 0 && unseen > Math.max(8 * ns, 1e5))
    doubts.add("remembers-inputs");
  if (of(({ ours }) => ours.idle) > 0.3) doubts.add("spins-while-idle");
  return doubts;
}

interface Findings {
  readonly doubts: ReadonlySet<TimingFlag>;
  readonly bound: number | null;
  readonly baselineAlone: number;
  readonly cold: boolean;
  readonly precision: number;
}

function timingOf(
  round: Round,
  { doubts, bound, baselineAlone, cold, precision }: Findings,
): Timing {
  const slowed = doubts.has("slowed-baseline");
  const pairs = slowed
    ? round.pairs.map(({ ours, theirs }) => ({ ours, theirs: { ...theirs, ns: baselineAlone } }))
    : round.pairs;
  const times = pairs.map(({ ours }) => ours.ns);
  const medianNs = median(times);
  const flags = [...doubts];
  if (round.wrong) flags.push("wrong-while-timed");
  if (round.gaveUp) flags.push("gave-up");
  if (!round.gaveUp && spread(pairs) > precision) flags.push("noisy");
  return {
    medianNs,
    iqrNs: iqr(times),
    fastestNs: Math.min(...pairs.map(({ ours }) => ours.fastestNs)),
    ci95: bootstrapInterval(times, median, new Rng(1, "forge time"), 400),
    baselineMedianNs: median(pairs.map(({ theirs }) => theirs.ns)),
    speedup: median(pairs.map(ratio)),
    speedupCI: speedupInterval(pairs),
    samples: pairs.length,
    cold,
    rooflineFraction: bound === null ? null : bound / medianNs,
    flags,
  };
}
