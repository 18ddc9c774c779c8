import { type CurateOptions, type Trace, TracePool } from "@daily-kernel/forge";

/** A pool of which it is plain what must be selected, as `task/index`. */
export interface KnownPool {
  readonly name: string;
  /** Task, tokens, speed-up (0 for an incorrect kernel), type. */
  readonly rows: readonly (readonly [string, number, number, string?])[];
  readonly options?: CurateOptions;
  readonly selected: readonly string[];
}

export const knownPools: readonly KnownPool[] = [
  { name: "an empty pool", rows: [], selected: [] },
  {
    name: "all wrong",
    rows: [
      ["a", 5, 0],
      ["a", 9, 0],
      ["b", 3, 0],
    ],
    selected: [],
  },
  {
    name: "the shortest is the fastest",
    rows: [
      ["a", 9, 2],
      ["a", 5, 3],
      ["a", 7, 1],
    ],
    selected: ["a/1"],
  },
  {
    name: "the shortest is not the fastest",
    rows: [
      ["a", 5, 2],
      ["a", 9, 3],
    ],
    selected: [],
  },
  {
    name: "a shorter wrong one does not count",
    rows: [
      ["a", 2, 0],
      ["a", 5, 3],
      ["a", 9, 2],
    ],
    selected: ["a/1"],
  },
  {
    name: "one correct sample",
    rows: [
      ["a", 5, 0],
      ["a", 90, 1.2],
    ],
    selected: ["a/1"],
  },
  {
    name: "equal lengths, the first faster",
    rows: [
      ["a", 5, 3],
      ["a", 5, 2],
    ],
    selected: ["a/0"],
  },
  {
    name: "equal lengths, the second faster",
    rows: [
      ["a", 5, 2],
      ["a", 5, 3],
    ],
    selected: [],
  },
  {
    name: "equal speeds, the second shorter",
    rows: [
      ["a", 9, 2],
      ["a", 5, 2],
    ],
    selected: ["a/1"],
  },
  {
    name: "equal in both",
    rows: [
      ["a", 5, 2],
      ["a", 5, 2],
      ["a", 5, 2],
    ],
    selected: ["a/0"],
  },
  { name: "as fast as the baseline", rows: [["a", 5, 1]], selected: [] },
  {
    name: "a higher demand",
    rows: [
      ["a", 5, 1.9],
      ["b", 5, 2.1],
    ],
    options: { minSpeedup: 2 },
    selected: ["b/0"],
  },
  {
    name: "a limit of length comes first",
    rows: [
      ["a", 50, 9],
      ["a", 5, 2],
    ],
    options: { maxTokens: 10 },
    selected: ["a/1"],
  },
  {
    name: "a quota keeps the fastest",
    rows: [
      ["a", 5, 2, "x"],
      ["b", 5, 4, "x"],
      ["c", 5, 3, "x"],
      ["d", 5, 1.5, "y"],
    ],
    options: { perType: 2 },
    selected: ["b/0", "c/0", "d/0"],
  },
  {
    name: "ties within a quota: fewer tokens, then the task's name",
    rows: [
      ["d", 5, 2, "x"],
      ["c", 5, 2, "x"],
      ["b", 4, 2, "x"],
      ["a", 6, 2, "x"],
    ],
    options: { perType: 2 },
    selected: ["c/0", "b/0"],
  },
  {
    name: "a type of which nothing is right, and one of which nothing is there",
    rows: [
      ["a", 5, 0, "x"],
      ["b", 5, 2, "y"],
    ],
    options: { perType: { x: 3, y: 3, z: 3 } },
    selected: ["b/0"],
  },
  {
    name: "without brevity",
    rows: [
      ["a", 5, 2],
      ["a", 9, 3],
      ["b", 4, 0],
    ],
    options: { rule: "fastest-per-task" },
    selected: ["a/1"],
  },
];

export function poolOf({ rows }: KnownPool): TracePool {
  const pool = new TracePool();
  const seen = new Map<string, number>();
  for (const [taskId, tokens, speedup, taskType = "x"] of rows) {
    const sampleIndex = seen.get(taskId) ?? 0;
    seen.set(taskId, sampleIndex + 1);
    const source = `${taskId} ${sampleIndex}`;
    const verdict = { accepted: speedup > 0 };
    pool.add({ taskId, taskType, sampleIndex, reasoning: "r", source, tokens, verdict, speedup });
  }
  return pool;
}

export const namesOf = (traces: readonly Trace[]) =>
  traces.map(({ taskId, sampleIndex }) => `${taskId}/${sampleIndex}`);
