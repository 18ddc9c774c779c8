import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureRoom } from "./fixture.ts";
import {
  agree,
  atLeast,
  atMost,
  between,
  checkValues,
  decide,
  type Measurement,
  type RunOptions,
  runRoom,
} from "./index.ts";

const none = null as never;
const type = { name: "TypeError", code: "ERR_TYPE" };

test("a criterion that nothing could satisfy or fail is refused where it is made", () => {
  assert.throws(() => atMost(Number.NaN), type);
  assert.throws(() => atLeast("1" as never), type);
  assert.throws(() => between(2, 1), type);
  for (const minN of [0, 0.5, "5" as never]) assert.throws(() => atMost(1, minN), type);
  const measured: Measurement = { kind: "exact", value: 1, n: 1 };
  assert.throws(() => decide(none, measured), type);
  assert.throws(() => decide({ max: Number.NaN }, measured), type);
});

test("what is no measurement gets no verdict", () => {
  const kinds = [null, undefined, 5];
  const intervals = [["0", "2"], [0, 1, 2], [0], "01", [Number.NEGATIVE_INFINITY, 2]];
  const wrong = [
    ...kinds,
    ...intervals.map((interval) => ({ kind: "exact", value: 1, n: 1, interval })),
    { kind: "exact", value: 1, n: 1, controls: 5 },
  ];
  for (const measured of wrong) {
    assert.throws(() => decide(atMost(1), measured as never), type, JSON.stringify(measured));
  }
});

test("agreement does not depend on which measurement is named first", () => {
  const rounded = (value: number): Measurement => ({
    kind: "rounding",
    tolerance: 1e-3,
    value,
    n: 1,
  });
  for (const [a, b] of [
    [1000, 1001.0005],
    [1000, 1000.5],
    [0.1, 0.102],
  ] as const) {
    assert.equal(agree(rounded(a), rounded(b)), agree(rounded(b), rounded(a)));
  }
});

test("a run refuses a preset, a seed and a device that there are not, and a form no values", async () => {
  const run = (other: object) => {
    const source = { bytes: () => Promise.reject(new Error("none")) };
    const gpu = () => Promise.reject(new Error("none"));
    const usual = { preset: "quick", seed: 1, device: "wasm", threads: 1, source, gpu };
    return runRoom(fixtureRoom, { ...usual, ...other } as unknown as RunOptions);
  };
  await assert.rejects(run({ preset: "foo" }), { code: "ERR_TYPE", message: /preset/ });
  await assert.rejects(run({ device: "cpu" }), { code: "ERR_TYPE", message: /device/ });
  for (const seed of [-1, 0.5, Number.NaN]) {
    await assert.rejects(run({ seed }), { code: "ERR_DOMAIN", message: /seed/ });
  }
  assert.throws(() => checkValues({}, none), { code: "ERR_TYPE" });
});
