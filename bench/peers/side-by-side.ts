import { setTimeout } from "node:timers/promises";

/** One way to do an operation: `run` does it once and says how long that took. */
export interface Contender {
  name: string;
  /** `keep` asks for the answer too; it is not counted in the time. */
  run(keep: boolean): Promise<{ seconds: number; result?: ArrayLike<number> }>;
}

/** A row of a suite: ours against each of its peers. */
export interface Comparison {
  operation: string;
  /** What must be done at least, e.g. "2.15 GFLOP". */
  floor: string;
  /** Work in the unit of `rate` per second; the rate is shown if given, the time otherwise. */
  rate?: { amount: number; unit: string };
  ours: Contender;
  peers: Contender[];
  /** The largest difference, relative to the largest element, that still is the same answer. */
  tolerance: number;
  /** Peers that do another thing (another size, another precision): no answers to compare. */
  unlike?: readonly string[];
}

export interface Result {
  operation: string;
  ours: string;
  peer: string;
  ratio: string;
  floor: string;
  answer: string;
}

/** How often each contender has its turn, after one run that is compared but not counted. */
const ROUNDS = 9;
/** Runs in a turn; the best counts, since what disturbs a run only ever adds time. */
const TURN = 5;
/** Milliseconds between turns: OpenBLAS's threads spin for some 30 ms after their work. */
const REST = 50;

/** A contender from a function of this process; its clock includes copying the result out. */
export function local(name: string, work: () => unknown): Contender {
  return {
    name,
    run: async (keep) => {
      const begin = performance.now();
      const value = await work();
      const seconds = (performance.now() - begin) / 1000;
      return keep ? { seconds, result: value as ArrayLike<number> } : { seconds };
    },
  };
}

/**
 * Runs ours and the peers in turns, so that what else the machine does hits all alike; the ratio is
 * the median over the rounds of peer time / our time, with its quartiles.
 */
export async function sideBySide(comparison: Comparison, rounds = ROUNDS): Promise<Result[]> {
  const { operation, floor, ours, peers, tolerance, unlike = [] } = comparison;
  const all = [ours, ...peers];
  const answers: (ArrayLike<number> | undefined)[] = [];
  for (const contender of all) answers.push((await contender.run(true)).result);
  const times: number[][] = all.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // Every other round backwards: no contender always follows the same one.
    const order = round % 2 === 0 ? all : all.toReversed();
    for (const contender of order) {
      await setTimeout(REST);
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < TURN; i++) best = Math.min(best, (await contender.run(false)).seconds);
      times[all.indexOf(contender)]!.push(best);
    }
  }
  const show = (seconds: number) =>
    comparison.rate
      ? `${(comparison.rate.amount / seconds).toPrecision(3)} ${comparison.rate.unit}`
      : `${(seconds * 1000).toPrecision(3)} ms`;
  return peers.map((peer, index) => {
    const theirs = times[index + 1]!;
    const ratios = theirs.map((seconds, round) => seconds / times[0]![round]!);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(ratios, q).toFixed(2));
    const compared = !unlike.includes(peer.name);
    return {
      operation,
      ours: show(quantile(times[0]!, 0.5)),
      peer: `${peer.name}: ${show(quantile(theirs, 0.5))}`,
      ratio: `${middle}x (${low}-${high})`,
      floor,
      answer: compared ? verdict(answers[0], answers[index + 1], tolerance) : "another task",
    };
  });
}

/** A row for a peer that is not there. */
export function notAvailable(operation: string, peer: string, why: string): Result {
  return {
    operation,
    ours: "",
    peer: `${peer}: not available (${why})`,
    ratio: "",
    floor: "",
    answer: "",
  };
}

function verdict(
  a: ArrayLike<number> | undefined,
  b: ArrayLike<number> | undefined,
  tolerance: number,
): string {
  if (a === undefined || b === undefined || a.length !== b.length) return "DIFFERENT SHAPE";
  let scale = 0;
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    scale = Math.max(scale, Math.abs(b[i]!));
    const d = Math.abs(a[i]! - b[i]!);
    // NaN on either side must not pass.
    if (!(d <= difference)) difference = d;
  }
  const relative = scale === 0 ? difference : difference / scale;
  return `${relative <= tolerance ? "same" : "DIFFERENT"} (${relative.toExponential(0)})`;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((x, y) => x - y);
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}
