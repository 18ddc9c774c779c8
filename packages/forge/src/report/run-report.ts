import type { Attempt, Point } from "../agents/attempt.ts";
import type { ForgeResult } from "../agents/run-forge.ts";
import { type Roofs, roofFor } from "../stopwatch/roofs.ts";
import type { Timing } from "../stopwatch/timing.ts";
import type { Dims, Task } from "../task/task.ts";

/** A plot as plain data, drawn by whoever shows it: log axes, lines and dots. */
export interface RunFigure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly x: { readonly label: string; readonly unit?: string; readonly scale: "linear" | "log" };
  readonly y: { readonly label: string; readonly unit?: string; readonly scale: "linear" | "log" };
  readonly series: readonly {
    readonly label: string;
    readonly mark: "line" | "dot";
    readonly x: readonly number[];
    readonly y: readonly number[];
  }[];
}

/** What a report tells of one round. */
export interface RunRow {
  readonly round: number;
  readonly from: number | null;
  readonly changes: string;
  readonly outcome: string;
  readonly nanoseconds: number | null;
  readonly speedup: number | null;
  readonly roofline: number | null;
  /** What the Judge said about this candidate. */
  readonly advice: string;
}

export interface RunReport {
  readonly title: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly figures: readonly RunFigure[];
  readonly rows: readonly RunRow[];
  /** From the first kernel to the best, each made from the one before. */
  readonly lineage: readonly RunRow[];
  readonly source: string | null;
}

interface Subject {
  readonly task: Task;
  readonly dims: Dims;
  readonly backend: string;
  readonly result: ForgeResult;
  readonly roofs?: Roofs;
  readonly final?: Timing | null;
}

/** Everything that a page about a run shows. */
export function runReport({ task, dims, backend, result, roofs, final }: Subject): RunReport {
  const { attempts, best } = result;
  const rows = attempts.map((attempt) => rowOf(attempt, attempts));
  const shown = final ?? best?.timing ?? null;
  const timed = attempts.filter(({ timing, correct }) => correct && timing !== null);
  return {
    title: `${task.id} [${dims.join(", ")}] on ${backend}`,
    facts: {
      machine: roofs?.hardware ?? backend,
      rounds: `${attempts.length} (${result.evaluations} evaluated, ended by ${result.stopped})`,
      best: shown
        ? `${(shown.medianNs / 1e6).toPrecision(4)} ms, ${shown.speedup.toPrecision(4)} times the baseline [${shown.speedupCI.map((x) => x.toPrecision(4)).join(", ")}]${shown.clock === "cpu" ? ", by processor time" : ""}`
        : "no correct candidate",
      "share of the roof": shown?.rooflineFraction
        ? `${(100 * shown.rooflineFraction).toFixed(1)} %`
        : "unknown",
      seconds: result.seconds.toFixed(1),
      tokens: String(result.usage.inputTokens + result.usage.outputTokens),
    },
    figures:
      timed.length === 0
        ? []
        : [speedFigure(timed), ...(roofs ? [rooflineFigure(timed, task, dims, roofs)] : [])],
    rows,
    lineage: lineageOf(rows, best),
    source: best?.proposal.source ?? null,
  };
}

function rowOf(attempt: Attempt, attempts: readonly Attempt[]): RunRow {
  const { round, proposal, timing, advice, correct, check } = attempt;
  const from = round === 0 ? null : (proposal.parent ?? round - 1);
  const before = from === null ? undefined : attempts[from]?.proposal.point;
  return {
    round,
    from,
    changes: changesOf(before, proposal.point) || (proposal.rationale ?? ""),
    outcome: correct ? "verified" : `${check.outcome}: ${check.log.split("\n")[0] ?? ""}`,
    nanoseconds: timing?.medianNs ?? null,
    speedup: correct ? (timing?.speedup ?? null) : null,
    roofline: timing?.rooflineFraction ?? null,
    advice: advice
      ? "bottleneck" in advice
        ? `${advice.bottleneck}: ${advice.optimisation_method}`
        : `${advice.critical_issue}: ${advice.minimal_fix_hint}`
      : "",
  };
}

const changesOf = (before: Point = {}, after: Point = {}) =>
  Object.entries(after)
    .filter(([name, value]) => before[name] !== value)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

function lineageOf(rows: readonly RunRow[], best: Attempt | null): RunRow[] {
  const line: RunRow[] = [];
  for (let row = rows[best?.round ?? -1]; row; row = rows[row.from ?? -1]) line.unshift(row);
  return line;
}

function speedFigure(timed: readonly Attempt[]): RunFigure {
  const x = timed.map(({ round }) => round + 1);
  const y = timed.map(({ timing }) => timing!.speedup);
  const best = y.map((_, i) => Math.max(...y.slice(0, i + 1)));
  return {
    id: "speed",
    title: "Speed over the rounds",
    caption: "Every verified candidate, and the best so far; what was rejected has no dot.",
    x: { label: "candidate", scale: "linear" },
    y: { label: "speedup over the baseline", scale: "log" },
    series: [
      { label: "candidate", mark: "dot", x, y },
      { label: "best so far", mark: "line", x, y: best },
    ],
  };
}

function rooflineFigure(
  timed: readonly Attempt[],
  task: Task,
  dims: Dims,
  roofs: Roofs,
): RunFigure {
  const flops = task.flops(dims);
  const bytes = task.bytes(dims);
  const here = flops / bytes;
  const roof = roofFor(roofs, 1);
  const [near, far] = [roof.bandwidth[0]!, roof.bandwidth.at(-1)!];
  const peak = roof.flopsPerSecond / 1e9;
  const x = Array.from({ length: 25 }, (_, i) => Math.min(here, 0.1) * 10 ** ((i * 4) / 24));
  const under = (bytesPerSecond: number) =>
    x.map((intensity) => Math.min(peak, (intensity * bytesPerSecond) / 1e9));
  return {
    id: "roofline",
    title: "Roofline",
    caption:
      "Measured on this machine with one thread. The candidates stand above the intensity that the task has if every byte crosses once.",
    x: { label: "operations a byte", scale: "log" },
    y: { label: "GFLOP/s", scale: "log" },
    series: [
      { label: "from the first cache", mark: "line", x, y: under(near.bytesPerSecond) },
      { label: "from memory", mark: "line", x, y: under(far.bytesPerSecond) },
      {
        label: "candidate",
        mark: "dot",
        x: timed.map(() => here),
        y: timed.map(({ timing }) => flops / timing!.medianNs),
      },
    ],
  };
}
