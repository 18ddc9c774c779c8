import { checkRunOptions, checkType, domainError } from "@daily-kernel/compute";
import { betaIInv } from "@daily-kernel/special";
import { pacer } from "../pacer.ts";

/** One run of a mechanism on one data set, reduced to a number; a test statistic of the auditor. */
export type Experiment = () => number | Promise<number>;

export interface AuditOptions {
  /** Runs of each experiment, half to choose an event, half to measure it: >= 100. Default 20,000. */
  trials?: number | undefined;
  /** Default 0.999. */
  confidence?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number) => void) | undefined;
}

export interface Audit {
  /** With the stated confidence the privacy loss is at least this; 0 where nothing was found. */
  epsilon: number;
  /** The loss as the measured frequencies have it, without a margin. */
  estimate: number;
  /** The event that shows it. */
  event: { side: "at-least" | "at-most"; threshold: number; likelierUnder: "first" | "second" };
  trials: number;
}

type Event = Audit["event"];

/**
 * A lower bound of epsilon from runs on two neighbouring data sets: an event {score >= t} or {score <= t}
 * is chosen on half of the runs; on the other half Clopper and Pearson's bounds of its two probabilities,
 * each at half of 1 - confidence, bound log(P / P'). A bound above the declared epsilon refutes it.
 */
export async function auditEpsilon(
  first: Experiment,
  second: Experiment,
  options: AuditOptions = {},
): Promise<Audit> {
  const fn = "auditEpsilon";
  checkType(typeof first === "function", fn, "first", "a function", first);
  checkType(typeof second === "function", fn, "second", "a function", second);
  checkRunOptions(fn, options);
  const { trials = 20_000, confidence = 0.999, signal, onProgress } = options;
  if (!(Number.isInteger(trials) && trials >= 100)) {
    throw domainError(`${fn}: trials must be a whole number >= 100, got ${trials}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw domainError(`${fn}: confidence must be in (0, 1), got ${confidence}`);
  }
  const rest = pacer(signal, 1024);
  const half = Math.floor(trials / 2);
  const runs = [first, second].map(() => new Float64Array(2 * half));
  for (let i = 0; i < 2 * half; i++) {
    for (const [k, experiment] of [first, second].entries()) {
      const score = await experiment();
      if (Number.isNaN(score)) throw domainError(`${fn}: an experiment gave NaN at run ${i}`);
      runs[k]![i] = score;
    }
    await rest(2);
    if (i % 1024 === 0) onProgress?.(i / (2 * half));
  }
  const [a, b] = runs.map((run) => run.subarray(0, half)) as [Float64Array, Float64Array];
  const event = bestEvent(a, b, 1 - confidence);
  const [p, q] = runs.map((run) => {
    const { side, threshold } = event;
    let count = 0;
    for (let i = half; i < 2 * half; i++) {
      if (side === "at-least" ? run[i]! >= threshold : run[i]! <= threshold) count++;
    }
    return count;
  }) as [number, number];
  const [likely, rare] = event.likelierUnder === "first" ? [p, q] : [q, p];
  return {
    epsilon: Math.max(0, lossBound(likely, rare, half, 1 - confidence)),
    estimate: Math.log((likely + 0.5) / (rare + 0.5)),
    event,
    trials: 2 * half,
  };
}

/** The event whose bound is largest on these runs, among the quantiles of both as thresholds. */
function bestEvent(a: Float64Array, b: Float64Array, risk: number): Event {
  const [x, y] = [a.toSorted(), b.toSorted()];
  const n = x.length;
  let best: Event = { side: "at-least", threshold: 0, likelierUnder: "first" };
  let most = Number.NEGATIVE_INFINITY;
  const steps = Math.min(n, 100);
  for (let k = 0; k < steps; k++) {
    for (const threshold of [x[Math.floor((k * n) / steps)]!, y[Math.floor((k * n) / steps)]!]) {
      for (const side of ["at-least", "at-most"] as const) {
        const [p, q] = [x, y].map((sorted) =>
          side === "at-least"
            ? n - below(sorted, threshold, false)
            : below(sorted, threshold, true),
        ) as [number, number];
        for (const likelierUnder of ["first", "second"] as const) {
          const bound =
            likelierUnder === "first" ? lossBound(p, q, n, risk) : lossBound(q, p, n, risk);
          if (bound > most) {
            most = bound;
            best = { side, threshold, likelierUnder };
          }
        }
      }
    }
  }
  return best;
}

/** How many of the sorted numbers are < t, or <= t. */
function below(sorted: Float64Array, t: number, inclusive: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < t || (inclusive && sorted[middle] === t)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** log of Clopper and Pearson's lower bound of a probability over the upper bound of another. */
function lossBound(likely: number, rare: number, n: number, risk: number): number {
  if (likely === 0 || likely <= rare) return Number.NEGATIVE_INFINITY;
  const low = betaIInv(likely, n - likely + 1, risk / 2);
  const high = rare === n ? 1 : betaIInv(rare + 1, n - rare, 1 - risk / 2);
  return Math.log(low / high);
}
