import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { curateJsonl } from "./curate.ts";
import { trace } from "./fixture.ts";
import { normaliseSource, sourceHash } from "./source-hash.ts";
import { parseLine, parseTrace, type Trace } from "./trace.ts";
import { TracePool } from "./trace-pool.ts";

const line = (given: object = {}) => JSON.stringify({ ...trace(), ...given });
const read = (...lines: string[]) => TracePool.fromJsonl([lines.join("\n")]);

test("a pool comes back from its lines, in pieces of any size, without foreign fields", async () => {
  const pool = new TracePool();
  pool.add(
    trace({
      reasoning: "zwölf Kacheln, \n \u{1F680}",
      hardware: "h",
      tokenizer: "t",
      verifier: "v 1",
    }),
  );
  pool.add(trace({ taskId: "b", correct: false, hardware: "h", tokenizer: "t" }));
  const bytes = new TextEncoder().encode(`\n${[...pool.toJsonl()].join("\n \r\n")}`);
  for (const size of [1, 7, 64, 4096]) {
    const pieces: Uint8Array[] = [];
    for (let from = 0; from < bytes.length; from += size)
      pieces.push(bytes.subarray(from, from + size));
    assert.deepEqual([...(await TracePool.fromJsonl(pieces))], [...pool], `pieces of ${size}`);
  }
  const extra = await read(
    JSON.stringify({ ...trace(), note: "x", verdict: { accepted: true, findings: [] } }),
  );
  assert.deepEqual([...extra], [trace()]);
});

const faults: [string, object | string, RegExp][] = [
  ["InvalidTrace", "{", /^line 3: not JSON/],
  ["InvalidTrace", line().replace('"speedup":2', '"speedup":NaN'), /^line 3: .*JSON has no NaN/],
  ["InvalidTrace", { speedup: -1 }, /^line 3: speedup/],
  ["InvalidTrace", { speedup: null }, /^line 3: speedup/],
  ["InvalidTrace", { speedup: undefined }, /^line 3: speedup/],
  ["InvalidTrace", { tokens: 1.5 }, /^line 3: tokens/],
  ["InvalidTrace", { tokens: -1 }, /^line 3: tokens/],
  ["InvalidTrace", { taskId: "" }, /^line 3: taskId/],
  ["InvalidTrace", { sampleIndex: "0" }, /^line 3: sampleIndex/],
  ["InvalidTrace", { source: undefined }, /^line 3: source/],
  ["InvalidTrace", { verdict: "ok" }, /^line 3: verdict/],
  ["InvalidTrace", { verdict: { accepted: 1 } }, /^line 3: verdict.accepted/],
  ["InvalidTrace", "[]", /^line 3: /],
  ["InvalidTrace", "null", /^line 3: /],
  ["MissingTrace", { tokens: 0 }, /^line 3: tokens is 0/],
  ["MissingTrace", { reasoning: "" }, /^line 3: reasoning is missing/],
  ["MissingTrace", { reasoning: undefined }, /^line 3: reasoning is missing/],
  [
    "InconsistentVerdict",
    { verdict: { accepted: false } },
    /^line 3: .* its speedup is 2; it must be 0/,
  ],
  ["MixedHardware", { hardware: "other" }, /^line 3: hardware is "other" and .* not stated/],
  ["MixedTokenizers", { tokenizer: "other" }, /^line 3: tokenizer is "other"/],
];
for (const [name, given, message] of faults) {
  const bad = typeof given === "string" ? given : line(given);
  test(`${name}: ${bad.slice(0, 30)} ${JSON.stringify(given).slice(0, 40)}`, async () => {
    const expected = { name, message, line: 3 };
    await assert.rejects(read(line(), "", bad), expected);
    await assert.rejects(
      curateJsonl(() => [line(), "\n\n", bad]),
      expected,
    );
  });
}

test("add refuses NaN and negative speed-ups and leaves the pool as it was", () => {
  const pool = new TracePool();
  pool.add(trace());
  for (const speedup of [Number.NaN, Number.POSITIVE_INFINITY, -1])
    assert.throws(() => pool.add(trace({ speedup })), { name: "InvalidTrace", line: 2 });
  assert.throws(() => pool.add(trace({ hardware: "x" })), { code: "ERR_MIXED_HARDWARE" });
  assert.equal(pool.size, 1);
  assert.equal(pool.table.rows, 1);
});

test("invalid rows can be counted and left out; other hardware cannot", async () => {
  const lines = [line({ speedup: -1 }), line(), "x", line({ tokens: 0 })];
  const { selected, report } = await curateJsonl(() => [lines.join("\n")], { invalid: "drop" });
  assert.equal(selected.length, 1);
  assert.equal(report.dropped.invalid, 3);
  assert.equal(report.samples, 4);
  assert.deepEqual(
    report.invalid.map((entry) => entry.line),
    [1, 3, 4],
  );
  const mixed = () => [line(), "\n", line({ hardware: "x" })];
  await assert.rejects(curateJsonl(mixed, { invalid: "drop" }), { name: "MixedHardware" });
});

test("bytes that are not UTF-8 are told with a line", async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode(`${line()}\n`), 0x22, 0xff, 0x22]);
  await assert.rejects(TracePool.fromJsonl([bytes]), { name: "InvalidTrace", line: 1 });
});

test("a stream stops at an abort, and says how far it is", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const pieces = () => [`${line()}\n`, `${line({ taskId: "b" })}\n`];
  await curateJsonl(pieces, { onProgress: (read) => seen.push(read) });
  const total = pieces().join("").length;
  assert.deepEqual(seen, [pieces()[0]!.length, total, total + pieces()[0]!.length, 2 * total]);
  controller.abort(new Error("enough"));
  await assert.rejects(curateJsonl(pieces, { signal: controller.signal }), /enough/);
});

test("a pool that shrinks between the two readings is an error", async () => {
  let opened = 0;
  await assert.rejects(
    curateJsonl(() => (opened++ === 0 ? [line()] : [])),
    { code: "ERR_POOL_CHANGED" },
  );
});

test("the quick check finds what the schema finds", () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>("", "x", 0, 1, -1, 2.5, null, undefined, true, false, 2 ** 32, {}),
    fc.constantFrom<unknown>({ accepted: true }, { accepted: false }, { accepted: "yes" }),
  );
  const fields = [
    "taskId",
    "taskType",
    "sampleIndex",
    "reasoning",
    "source",
    "tokens",
    "verdict",
    "speedup",
    "hardware",
    "tokenizer",
    "verifier",
  ];
  const property = fc.property(
    fc.array(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 3 }),
    (changes) => {
      const json = line(Object.fromEntries(changes));
      const outcome = (work: () => Trace) => {
        try {
          return { ...work(), verdict: work().verdict.accepted };
        } catch (error) {
          return (error as Error).message;
        }
      };
      assert.deepEqual(
        outcome(() => parseLine(json, 1)),
        outcome(() => parseTrace(JSON.parse(json), 1)),
      );
    },
  );
  fc.assert(property, { numRuns: 1000 });
});

test("sources are the same up to comments and white space, not beyond", () => {
  const same: [string, string][] = [
    ["int  f ( ) ;", "int f();"],
    ["a /* x */ b", "a b"],
    ["a// x\n+b", "a+b"],
    ["a;// open end", "a;"],
    ["a; /* open end", "a;"],
    ["x\r\n\ty", "x y"],
  ];
  for (const [a, b] of same) {
    assert.equal(normaliseSource(a), normaliseSource(b));
    assert.deepEqual(sourceHash(a), sourceHash(b));
  }
  const different: [string, string][] = [
    ["int f", "intf"],
    ['"a  b"', '"a b"'],
    ['"// x"', '"// y"'],
    ['"\\"// x"', '"\\"// y"'],
    ["a / b", "a / c"],
    ["def f(a):\n  return a // 2", "def f(a):\n  return a // 4"],
    ["#pragma unroll 4\n;", "#pragma unroll 8\n;"],
  ];
  for (const [a, b] of different) {
    assert.notEqual(normaliseSource(a), normaliseSource(b));
    assert.notDeepEqual(sourceHash(a), sourceHash(b));
  }
});

test("hashes of 200,000 similar sources are distinct", () => {
  const seen = new Set<number>();
  for (let k = 0; k < 200_000; k++) {
    const [low, high] = sourceHash(`for(int i=0;i<${k % 500};i+=${Math.floor(k / 500)});`);
    seen.add(high * 2 ** 20 + (low & 0xfffff)); // 52 of the bits
  }
  assert.equal(seen.size, 200_000);
});
