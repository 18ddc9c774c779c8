import type { PythonPeer } from "../peers/python-peer.ts";
import {
  type Comparison,
  type Contender,
  local,
  type Result,
  sideBySide,
} from "../peers/side-by-side.ts";

/** A comparison, and what it must come to. */
export interface Row extends Comparison {
  rounds?: number;
  /** The least ratio to a peer, by its name. */
  targets?: Readonly<Record<string, number>>;
  /** The least that ours must do, in the unit of `rate`. */
  leastRate?: number;
}

/** The peers of this suite that could be started. */
export interface Peers {
  qmcpy: PythonPeer | undefined;
  torch: PythonPeer | undefined;
}

/** A contender that a Python process runs; none where there is no such process. */
export function remote(
  peer: PythonPeer | undefined,
  name: string,
  request: Parameters<PythonPeer["ask"]>[0],
): Contender[] {
  if (peer === undefined) return [];
  return [{ name, run: (keep) => peer.ask({ ...request, keep }) }];
}

/** What a contender takes, as if it did `times` as much. */
export function scaled(contender: Contender, times: number): Contender {
  return {
    ...contender,
    run: async (keep) => {
      const { seconds, ...reply } = await contender.run(keep);
      return { seconds: seconds * times, ...reply };
    },
  };
}

/** `work`, `times` times for work that is shorter than the clock is fine. */
export function ours(name: string, work: () => unknown, times = 1): Contender {
  const once = local(name, work);
  const all = local(name, () => {
    let value: unknown;
    for (let i = 0; i < times; i++) value = work();
    return value;
  });
  return {
    name,
    run: async (keep) => {
      if (keep) return once.run(true);
      return { seconds: (await all.run(false)).seconds / times };
    },
  };
}

/** Rate and least memory traffic of making `count` coordinates. */
export function coordinates(count: number): Pick<Row, "rate" | "floor"> {
  return {
    rate: { amount: count / 1e6, unit: "M/s" },
    floor: `${((8 * count) / 1e6).toPrecision(3)} MB written`,
  };
}

/** A line of the table. */
export interface Line extends Result {
  /** What ours must come to, and whether it does. */
  target: string;
}

/** How many of the lines' targets are met, and the lines with one that is not. */
export function summary(lines: readonly Line[]): string {
  const aimed = lines.filter(({ target }) => target !== "");
  const missed = aimed.filter(({ target }) => target.includes("MISSED"));
  const list = missed.map(({ operation, peer, ratio }) => `- ${operation}: ${ratio} of ${peer}`);
  return [`Targets met in ${aimed.length - missed.length} of ${aimed.length} lines.`, ...list].join(
    "\n",
  );
}

function judged(row: Row, result: Result): Line {
  const peer = result.peer.slice(0, result.peer.lastIndexOf(":"));
  const wanted: string[] = [];
  const verdict = (least: number, got: number, unit: string) =>
    wanted.push(`>= ${least}${unit}: ${got >= least ? "met" : "MISSED"}`);
  const ratio = row.targets?.[peer];
  if (ratio !== undefined) verdict(ratio, Number.parseFloat(result.ratio), "x");
  if (row.leastRate !== undefined) {
    verdict(row.leastRate, Number.parseFloat(result.ours), ` ${row.rate?.unit}`);
  }
  const { answer, floor, ...before } = result;
  return {
    ...before,
    target: wanted.join(", "),
    answer: answer === "another task" ? "not compared" : answer,
    floor,
  };
}

/** Seconds that ours runs before it is measured, since engines compile what they run often. */
const WARM_UP = 0.2;

/** Measures row after row; a line of a table for every peer. */
export async function measure(rows: Iterable<Row> | AsyncIterable<Row>): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const row of rows) {
    process.stderr.write(`${row.operation}\n`);
    for (let warm = 0; warm < WARM_UP; ) warm += (await row.ours.run(false)).seconds;
    for (const result of await sideBySide(row, row.rounds)) lines.push(judged(row, result));
  }
  return lines;
}
