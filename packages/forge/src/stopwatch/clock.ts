import type { Sample } from "./stopwatch-session.ts";

/** What a speedup was read from: the clock on the wall, or the processor time that the system counted. */
export type Clock = "cpu" | "wall";

/** Two samples taken one after the other. */
export interface Pair {
  readonly ours: Sample;
  readonly theirs: Sample;
}

/** A baseline that waits for more than this share of its time tells of a busy machine. */
const WAITS = 0.05;

/** Who gets a processor for less than this share of what the baseline beside it gets sleeps. */
const AWAKE = 0.8;

/** Nanoseconds of a call beside which receiving and answering it (a few thousand) count for little. */
const LEAST_NS = 1e5;

/** The share of its time on the wall in which a kernel had a processor. */
function awake(samples: readonly Sample[]): number {
  const sum = (of: (sample: Sample) => number) =>
    samples.reduce((total, sample) => total + of(sample), 0);
  return sum(({ cpuNs }) => cpuNs ?? 0) / sum(({ meanNs }) => meanNs);
}

const countable = (samples: readonly Sample[]) =>
  samples.every(({ cpuNs, threads }) => threads <= 1 && cpuNs !== undefined && cpuNs >= LEAST_NS);

/** Whether other work on the machine keeps the baseline waiting, as far as the system tells. */
export const isBusy = (pairs: readonly Pair[]): boolean => {
  const theirs = pairs.map((pair) => pair.theirs);
  return theirs.every(({ cpuNs, threads }) => cpuNs !== undefined && threads <= 1)
    ? awake(theirs) < 1 - WAITS
    : false;
};

/**
 * Which clock to read a speedup from. On a busy machine a long call is interrupted and a short one is
 * not, so that the wall's clock flatters whoever is fast; of kernels with one thread the system knows
 * what they used without the waiting.
 *
 * Nobody gains by it who could not gain otherwise. The witness of a busy machine is the baseline, not
 * the candidate. Processor time holds the work of every thread of the process, also of those that are
 * gone again, so handing work on only costs; other processes cannot be started (`sealed`), or the
 * wall's clock stays. Who sleeps uses no processor either, but has one for a smaller share of the time
 * than the baseline, and is then timed by the wall as well.
 */
export function clockOf(pairs: readonly Pair[], sealed: boolean): Clock {
  const ours = pairs.map((pair) => pair.ours);
  const theirs = pairs.map((pair) => pair.theirs);
  if (!sealed || !countable(ours) || !countable(theirs) || !isBusy(pairs)) return "wall";
  return awake(ours) < AWAKE * awake(theirs) ? "wall" : "cpu";
}

/** Nanoseconds of a call by a clock: the median of those on the wall, the mean of processor time. */
export const timeOf = ({ ns, cpuNs }: Sample, clock: Clock): number =>
  clock === "cpu" ? (cpuNs ?? ns) : ns;
