import { checkType, domainError, Rng } from "@daily-kernel/compute";
import type { Backend, Candidate, Limits } from "../session/backend.ts";
import type { Dims, Task } from "../task/task.ts";
import { type Clock, isBusy, type Pair, timeOf } from "./clock.ts";
import { boundOf, type Roofs } from "./roofs.ts";
import { type Alone, interleave, intervalOf, type Round, ratiosOf, timeAlone } from "./rounds.ts";
import { bootstrapInterval, iqr, median } from "./statistics.ts";
import { TimedSession } from "./stopwatch-session.ts";
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
/**
 * Times a candidate beside a baseline: each in a process of its own, alternately, in an order that
 * alternates too, on the same numbers, whose results are checked against the task's reference. The
 * speedup is the median ratio of pairs, with a bootstrap interval; of the time on the wall, or of
 * processor time where other work on the machine keeps a baseline of one thread waiting and the
 * candidate has one thread, too (`clockOf`). What looks like a trick is measured once more before it
 * is flagged.
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
    let alone = await timeAlone(theirs, inputs.sets.length);
    const sealed = [backend, baselineBackend].every((each) => each.oneProcess === true);
    const run = async (): Promise<Round> => {
      const ours = await open(candidate, backend);
      try {
        return await interleave(ours, theirs, alone.calls, {
          pairs,
          precision,
          giveUpAt,
          sealed,
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
    let doubts = doubtsOf(round, alone, boundFor(round));
    if (doubts.size > 0) {
      if (doubts.has("implausible") && protocol.renewRoofs) roofs = await protocol.renewRoofs();
      // The candidate's process is gone: now the baseline shows what it can do.
      alone = await timeAlone(theirs, inputs.sets.length);
      round = await run();
      doubts = doubtsOf(round, alone, boundFor(round)).intersection(doubts);
    }
    return timingOf(round, { doubts, bound: boundFor(round), alone, cold, precision });
  } finally {
    await theirs.close();
  }
}

const timesOf = (samples: Alone["samples"], clock: Clock) =>
  samples.map((sample) => timeOf(sample, clock));

/** What does not look right, to be measured again. */
function doubtsOf(round: Round, alone: Alone, bound: number | null): Set<TimingFlag> {
  const { pairs, clock } = round;
  const doubts = new Set<TimingFlag>();
  const of = (pick: (pair: Pair) => number) => median(pairs.map(pick));
  const ns = of(({ ours }) => timeOf(ours, clock));
  if (bound !== null && bound > 1.05 * ns) doubts.add("implausible");
  // Other work on the machine slows some calls; a candidate that does so slows all of them.
  const beside = Math.min(...pairs.map(({ theirs }) => timeOf(theirs, clock)));
  if (beside > 1.3 * Math.max(...timesOf(alone.samples, clock))) doubts.add("slowed-baseline");
  if (of(({ ours }) => ours.forged) > 0.5) doubts.add("clock-mismatch");
  const unseen = Math.min(...round.firstSights);
  const usual = of(({ ours }) => ours.ns);
  if (round.firstSights.length > 0 && unseen > Math.max(8 * usual, 1e5))
    doubts.add("remembers-inputs");
  if (of(({ ours }) => ours.idle) > 0.3) doubts.add("spins-while-idle");
  return doubts;
}

interface Findings {
  readonly doubts: ReadonlySet<TimingFlag>;
  readonly bound: number | null;
  readonly alone: Alone;
  readonly cold: boolean;
  readonly precision: number;
}

function timingOf(round: Round, { doubts, bound, alone, cold, precision }: Findings): Timing {
  const { pairs, clock } = round;
  const times = pairs.map(({ ours }) => timeOf(ours, clock));
  const slowed = doubts.has("slowed-baseline");
  const baseline = slowed
    ? times.map(() => median(timesOf(alone.samples, clock)))
    : pairs.map(({ theirs }) => timeOf(theirs, clock));
  const ratios = slowed ? times.map((ns, i) => baseline[i]! / ns) : ratiosOf(round);
  const medianNs = median(times);
  const flags = [...doubts];
  if (round.wrong) flags.push("wrong-while-timed");
  if (round.gaveUp) flags.push("gave-up");
  const [low, high] = intervalOf(ratios);
  const speedup = median(ratios);
  if (!round.gaveUp && (high - low) / speedup > precision) flags.push("noisy");
  if (clock === "wall" && isBusy(pairs)) flags.push("busy-machine");
  return {
    clock,
    medianNs,
    iqrNs: iqr(times),
    fastestNs: Math.min(...pairs.map(({ ours }) => ours.fastestNs)),
    ci95: bootstrapInterval(times, median, new Rng(1, "forge time"), 400),
    baselineMedianNs: median(baseline),
    speedup,
    speedupCI: [low, high],
    samples: pairs.length,
    cold,
    rooflineFraction: bound === null ? null : bound / medianNs,
    flags,
  };
}
