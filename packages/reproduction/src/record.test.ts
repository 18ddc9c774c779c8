import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "@daily-kernel/datasets";
import { fixtureRecord, fixtureRoom } from "./fixture.ts";
import { parseRecord } from "./record.ts";
import { runRoom } from "./run-room.ts";

test("a record survives JSON, its figures with all that they can say", () => {
  const axis = { label: "x", unit: "m", scale: "linear", domain: [0, 1] } as const;
  const dots = { label: "a", mark: "dot", x: [0.5], y: [0.5], interval: [[0, 1]] } as const;
  const figure = { id: "f", title: "", caption: "", x: axis, y: axis, series: [dots] };
  const record = fixtureRecord({ figures: [{ ...figure, aspect: "square" }] });
  assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
});

test("what a run makes is a valid record", async () => {
  const result = await runRoom(fixtureRoom, {
    preset: "quick",
    seed: 3,
    device: "wasm",
    threads: 1,
    source: memorySource(new Map()),
    gpu: () => Promise.reject(new Error("unused")),
  });
  const record = fixtureRecord(result);
  assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
});

test("a damaged record is refused with the field at fault", () => {
  const damaged: [object, RegExp][] = [
    [{ version: 2 }, /record: version/],
    [{ seed: -1 }, /record: seed/],
    [{ startedAt: "yesterday" }, /record: startedAt/],
    [{ machine: null }, /record: machine/],
    [{ extra: 1 }, /extra/],
  ];
  for (const [change, message] of damaged)
    assert.throws(() => parseRecord({ ...fixtureRecord({}), ...change }), message);
  const [first, ...rest] = fixtureRecord({}).claims;
  const claims = [{ ...first, measured: { kind: "exact", value: null, n: 1 } }, ...rest];
  assert.throws(() => parseRecord({ ...fixtureRecord({}), claims }), /claims\.0\.measured/);
});

test("a record's verdicts are those that its numbers earn", () => {
  const record = fixtureRecord({});
  const [mean, bits, later] = record.claims;
  const refused: [object[], RegExp][] = [
    [[{ ...mean, verdict: "fails" }, bits!, later!], /claim mean: says fails, .* gives holds/],
    [[mean!, { ...bits, holdsIf: { max: 0 } }, later!], /claim bits: says holds, .* gives fails/],
    [[mean!, bits!, { ...later, verdict: "holds" }], /claim later: says holds, .* not-measured/],
    [
      [mean!, bits!, { ...later, reason: null }],
      /claim later: must have a measurement or a reason/,
    ],
    [[mean!, mean!, later!], /two claims share an id/],
    [
      [{ ...mean, measured: { ...mean!.measured, interval: [5, 1] } }, bits!, later!],
      /claim mean: interval must hold the value/,
    ],
  ];
  for (const [claims, message] of refused)
    assert.throws(() => parseRecord({ ...record, claims }), message);
  assert.throws(() => parseRecord({ ...record, slug: "../elsewhere" }), /record: slug/);
});
