import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { balance } from "./balance.ts";
import { curate, curateJsonl } from "./curate.ts";
import { names, poolOf, trace } from "./fixture.ts";
import { reference } from "./reference.ts";
import { dropReasons, rules } from "./rules.ts";
import type { Trace } from "./trace.ts";
import { TracePool } from "./trace-pool.ts";

test("a task whose shortest correct sample is its fastest keeps that one", () => {
  const pool = poolOf([
    ["a", 30, 3],
    ["a", 20, 5],
    ["a", 10, 0], // shorter and wrong
    ["b", 20, 5],
    ["b", 10, 3], // shortest, not the fastest
    ["c", 10, 0],
    ["c", 12, 0], // all wrong
    ["d", 50, 0.9], // no faster than the baseline
    ["e", 50, 1], // as fast as the baseline: not faster
    ["f", 70, 1.1], // the only one
  ]);
  const { selected, report } = curate(pool);
  assert.deepEqual(names(selected), ["a/1", "f/0"]);
  assert.equal(report.trivial, 1);
  assert.equal(report.solvedTasks, 5);
  assert.equal(report.tasks, 6);
  assert.deepEqual(report.dropped, {
    invalid: 0,
    incorrect: 3,
    tooLong: 0,
    duplicate: 0,
    disagreement: 2,
    notChosen: 1,
    slow: 2,
    quota: 0,
  });
});

test("ties: the lower index is shortest; of equal speed the shorter, then the lower index is fastest", () => {
  assert.deepEqual(
    names(
      curate(
        poolOf([
          ["a", 10, 2],
          ["a", 10, 3],
        ]),
      ).selected,
    ),
    [],
  );
  assert.deepEqual(
    names(
      curate(
        poolOf([
          ["a", 10, 3],
          ["a", 10, 2],
        ]),
      ).selected,
    ),
    ["a/0"],
  );
  assert.deepEqual(
    names(
      curate(
        poolOf([
          ["a", 10, 2],
          ["a", 10, 2],
        ]),
      ).selected,
    ),
    ["a/0"],
  );
  assert.deepEqual(
    names(
      curate(
        poolOf([
          ["a", 11, 2],
          ["a", 10, 2],
        ]),
      ).selected,
    ),
    ["a/1"],
  );
});

test("the index decides, not the place in the pool", () => {
  const pool = new TracePool();
  for (const sampleIndex of [2, 0, 1]) pool.add(trace({ sampleIndex }));
  assert.deepEqual(names(curate(pool).selected), ["a/0"]);
});

test("quotas keep the fastest of a type; ties: fewer tokens, then the task's id", () => {
  const pool = poolOf([
    ["z", 10, 2],
    ["y", 10, 3],
    ["x", 9, 2],
    ["w", 10, 2],
    ["v", 10, 2, "loss"],
  ]);
  const at = (perType: number | Record<string, number>) =>
    names(curate(pool, { perType }).selected);
  assert.deepEqual(at(1), ["y/0", "v/0"]);
  assert.deepEqual(at(2), ["y/0", "x/0", "v/0"]);
  assert.deepEqual(at(3), ["y/0", "x/0", "w/0", "v/0"]);
  assert.deepEqual(at(0), []);
  assert.deepEqual(at({ matmul: 1 }), ["y/0", "v/0"]);
  const { report } = curate(pool, { perType: { matmul: 1, pooling: 4 } });
  assert.equal(report.dropped.quota, 3);
  assert.deepEqual(report.byType.pooling, { samples: 0, correct: 0, selected: 0 });
});

test("balance alone keeps the fastest of each type in the order in which they came", () => {
  const pool = [
    ...poolOf([
      ["z", 10, 2],
      ["y", 10, 3],
      ["x", 9, 2],
      ["v", 10, 2, "loss"],
    ]),
  ];
  assert.deepEqual(names(balance(pool, 2)), ["y/0", "x/0", "v/0"]);
  assert.deepEqual(names(balance(pool, { loss: 0 })), ["z/0", "y/0", "x/0"]);
  assert.throws(() => balance(pool, 1.5), /balance: perType must be an integer >= 0, got 1.5/);
});

test("without conciseness: the fastest of each task, whatever its length", () => {
  const pool = poolOf([
    ["a", 30, 3],
    ["a", 10, 2],
    ["b", 5, 4],
    ["c", 5, 0.5],
  ]);
  const { selected, report } = curate(pool, { rule: "fastest-per-task" });
  assert.deepEqual(names(selected), ["a/0", "b/0"]);
  assert.equal(report.dropped.notChosen, 1);
  assert.equal(report.dropped.slow, 1);
});

test("n of the whole pool: shortest, longest, fastest, at random", () => {
  const pool = poolOf([
    ["a", 30, 3],
    ["a", 10, 2],
    ["b", 5, 4],
    ["c", 5, 0.5],
    ["d", 7, 0],
  ]);
  const at = (rule: "shortest" | "longest" | "fastest" | "random", n: number, seed = 0) =>
    names(curate(pool, { rule, n, seed }).selected);
  assert.deepEqual(at("shortest", 2), ["a/1", "b/0"]);
  assert.deepEqual(at("longest", 2), ["a/0", "a/1"]);
  assert.deepEqual(at("fastest", 2), ["a/0", "b/0"]);
  assert.deepEqual(at("random", 9), ["a/0", "a/1", "b/0"]);
  const drawn = new Set(Array.from({ length: 40 }, (_, seed) => at("random", 1, seed)[0]));
  assert.deepEqual([...drawn].sort(), ["a/0", "a/1", "b/0"]);
  assert.deepEqual(at("random", 2, 7), at("random", 2, 7));
  assert.deepEqual(names(curate(pool, { rule: "shortest", n: 9, minSpeedup: 0 }).selected), [
    "a/0",
    "a/1",
    "b/0",
    "c/0",
  ]);
});

test("equal sources are one sample: the one with the shortest trace", () => {
  const pool = new TracePool();
  const source = "int f ( ) { return 1; } // first";
  pool.add(trace({ taskId: "b", source, tokens: 9 }));
  pool.add(trace({ taskId: "a", source: "int f(){\n  return 1; /* again */ }", tokens: 8 }));
  pool.add(
    trace({ taskId: "a", sampleIndex: 1, source: "int f(){return 1;}", tokens: 7, speedup: 3 }),
  );
  assert.deepEqual(names(curate(pool).selected), ["a/1"]);
  assert.equal(curate(pool).report.dropped.duplicate, 2);
  assert.deepEqual(names(curate(pool, { duplicates: "task" }).selected), ["b/0", "a/1"]);
});

test("maxTokens takes long traces out before the shortest and fastest are looked for", () => {
  const pool = poolOf([
    ["a", 30, 9],
    ["a", 10, 2],
    ["a", 12, 1.5],
  ]);
  assert.deepEqual(names(curate(pool).selected), []);
  const { selected, report } = curate(pool, { maxTokens: 12 });
  assert.deepEqual(names(selected), ["a/1"]);
  assert.equal(report.dropped.tooLong, 1);
});

test("an empty pool selects nothing", () => {
  for (const rule of rules) {
    const n = rule === "concise" || rule === "fastest-per-task" ? {} : { n: 3 };
    const { selected, report } = curate(new TracePool(), { rule, ...n });
    assert.deepEqual([selected, report.samples, report.selected], [[], 0, 0]);
  }
});

test("options that make no sense are refused with the name of the option", () => {
  const pool = new TracePool();
  const bad: [object, RegExp][] = [
    [{ rule: "best" }, /curate: rule must be one of concise, .* got best/],
    [{ rule: "random" }, /needs n, an integer >= 0, got undefined/],
    [{ rule: "random", n: 1.5 }, /got 1.5/],
    [{ n: 3 }, /no n, got 3/],
    [{ minSpeedup: Number.NaN }, /minSpeedup must be a number >= 0, got NaN/],
    [{ maxTokens: 0 }, /maxTokens must be a number >= 1, got 0/],
    [{ perType: -1 }, /perType must be an integer >= 0, got -1/],
    [{ perType: { loss: 0.5 } }, /perType.loss must be an integer >= 0, got 0.5/],
    [{ duplicates: "none" }, /duplicates must be "pool" or "task", got none/],
  ];
  for (const [options, message] of bad) assert.throws(() => curate(pool, options), message);
});

const row = fc.record({
  taskId: fc.constantFrom("a", "b", "c", "d"),
  taskType: fc.constantFrom("matmul", "loss"),
  sampleIndex: fc.integer({ min: 0, max: 3 }),
  source: fc.constantFrom("f(1);", "f( 1 );", "f(2);", "f(3);", "f(4); // x", "f(4);"),
  tokens: fc.integer({ min: 1, max: 4 }),
  speedup: fc.constantFrom(0, 0.5, 1, 1.5, 2),
});
const optionsOf = fc.record({
  rule: fc.constantFrom(...rules),
  n: fc.integer({ min: 0, max: 6 }),
  perType: fc.option(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant({ loss: 1 })), {
    nil: undefined,
  }),
  minSpeedup: fc.constantFrom(0, 1),
  maxTokens: fc.constantFrom(3, 4),
  duplicates: fc.constantFrom("pool" as const, "task" as const),
});

test("the columns select what the plain reference selects; every sample has one fate", async () => {
  const property = fc.asyncProperty(
    fc.array(row, { maxLength: 24 }),
    optionsOf,
    async (rows, { n, perType, ...given }) => {
      const single = given.rule === "concise" || given.rule === "fastest-per-task";
      const options = {
        ...given,
        ...(single ? {} : { n }),
        ...(perType === undefined ? {} : { perType }),
      };
      const pool = new TracePool();
      const traces: Trace[] = rows.map((r) => trace({ ...r, correct: r.speedup > 0 }));
      for (const t of traces) pool.add(t);
      const { selected, report } = curate(pool, options);
      if (options.rule !== "random") assert.deepEqual(selected, reference(traces, options));
      const lost = dropReasons.reduce((sum, reason) => sum + report.dropped[reason], 0);
      assert.equal(lost + report.selected, rows.length);
      assert.equal(report.selected, selected.length);
      const streamed = await curateJsonl(() => [...pool.toJsonl()], options);
      assert.deepEqual(streamed, { selected, report });
    },
  );
  await fc.assert(property, { numRuns: 400 });
});

test("the order of the rows does not matter where indices differ", () => {
  const unique = fc.uniqueArray(row, {
    maxLength: 16,
    selector: (r) => `${r.taskId}/${r.sampleIndex}`,
  });
  const property = fc.property(
    unique,
    fc.constantFrom("concise", "fastest-per-task"),
    (rows, rule) => {
      const select = (order: typeof rows) => {
        const pool = new TracePool();
        for (const r of order) pool.add(trace({ ...r, correct: r.speedup > 0 }));
        return names(curate(pool, { rule: rule as "concise", perType: 2 }).selected).sort();
      };
      assert.deepEqual(select(rows), select(rows.toReversed()));
    },
  );
  fc.assert(property);
});
