import assert from "node:assert/strict";
import { test } from "node:test";
import { dataError, unsupportedError } from "@daily-kernel/compute";
import { iris, memorySource } from "@daily-kernel/datasets";
import { fixturePaper, fixtureRoom } from "./fixture.ts";
import type { Lab } from "./lab.ts";
import type { Measurement } from "./measurement.ts";
import { defineRoom } from "./room.ts";
import { type RunEvent, type RunOptions, runRoom } from "./run-room.ts";
import { verdictsOf } from "./testing.ts";

const options = (rest: Partial<RunOptions> = {}): RunOptions => ({
  preset: "quick",
  seed: 7,
  device: "wasm",
  threads: 1,
  source: memorySource(new Map()),
  gpu: async () => {
    throw unsupportedError("no GPU here");
  },
  ...rest,
});

const measuring = (measurement: Measurement) =>
  defineRoom({
    paper: fixturePaper,
    subject: {},
    run: async (lab) => lab.measure("mean", measurement),
  });

test("a run settles every claim, and says which it did not measure", async () => {
  const { claims, figures } = await runRoom(fixtureRoom, options());
  assert.deepEqual(
    claims.map((c) => [c.id, c.verdict, c.reason?.code ?? null]),
    [
      ["mean", "holds", null],
      ["bits", "holds", null],
      ["later", "not-measured", "not-built"],
    ],
  );
  assert.equal(figures.length, 1);
});

test("the same seed gives the same bits, another seed other ones", async () => {
  const bits = async (seed: number) =>
    (await runRoom(fixtureRoom, options({ seed }))).claims[1]!.measured!.value;
  assert.equal(await bits(7), await bits(7));
  assert.notEqual(await bits(7), await bits(8));
});

test("a wrong implementation makes the claim fail, whatever the seed", async () => {
  for (const seed of [1, 2, 3, 99, 12345]) {
    const right = await verdictsOf(fixtureRoom, { seed });
    const squared = await verdictsOf(fixtureRoom, {
      seed,
      subject: { uniform: (draw) => draw() ** 2 },
    });
    assert.equal(right.mean, "holds");
    assert.equal(squared.mean, "fails");
  }
});

test("events tell progress, claims and figures in order", async () => {
  const events: RunEvent[] = [];
  await runRoom(fixtureRoom, options({ onEvent: (event) => events.push(event) }));
  assert.deepEqual(
    events.map((e) => e.type),
    ["progress", "progress", "progress", "progress", "claim", "claim", "figure"],
  );
});

test("a cancelled run rejects with the reason and gives no result", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const run = runRoom(
    fixtureRoom,
    options({ signal: controller.signal, onEvent: () => controller.abort(reason) }),
  );
  await assert.rejects(run, reason);
});

test("a measurement that is not a number crashes the run instead of reaching a verdict", async () => {
  const bad: [Measurement, RegExp][] = [
    [{ kind: "exact", value: Number.NaN, n: 1 }, /fixture: mean: value must be a finite number/],
    [
      { kind: "rounding", value: 1, n: 1, tolerance: Number.NaN },
      /tolerance must be a finite number >= 0, got NaN/,
    ],
    [{ value: 1, n: 1 } as unknown as Measurement, /kind must be exact, rounding or timing/],
    [{ kind: "exact", value: 1, n: 0 }, /n must be a positive integer/],
    [{ kind: "exact", value: 1, n: 1, interval: [2, 3] }, /interval must hold the value 1/],
    [
      { kind: "exact", value: 1, n: 1, controls: [{ label: "naive", value: Infinity }] },
      /control "naive"/,
    ],
  ];
  for (const [measurement, message] of bad)
    await assert.rejects(runRoom(measuring(measurement), options()), message);
});

test("a claim is settled once, and only if the paper has it", async () => {
  const twice = defineRoom({
    paper: fixturePaper,
    subject: {},
    async run(lab) {
      lab.measure("mean", { kind: "exact", value: 0, n: 1 });
      lab.skip("mean", "needs-gpu", "no");
    },
  });
  await assert.rejects(runRoom(twice, options()), /claim "mean" is settled already/);
  const unknown = defineRoom({
    paper: fixturePaper,
    subject: {},
    // @ts-expect-error the paper has no such claim, and the types say so
    run: async (lab) => lab.skip("nothing", "needs-gpu", "no"),
  });
  await assert.rejects(runRoom(unknown, options()), /there is no claim "nothing"/);
});

test("attempt turns the data or GPU that a machine lacks into a reason, and nothing else", async () => {
  const verdicts = async (work: (lab: Lab) => Promise<unknown>) => {
    const room = defineRoom({
      paper: fixturePaper,
      subject: {},
      run: (lab) =>
        lab.attempt(["mean", "bits"], async () => {
          lab.measure("bits", { kind: "exact", value: 0, n: 1 });
          await work(lab);
        }),
    });
    return (await runRoom(room, options())).claims.map((c) => c.reason?.code ?? c.verdict);
  };
  assert.deepEqual(await verdicts((lab) => lab.data(iris)), ["needs-data", "holds", "not-built"]);
  assert.deepEqual(await verdicts((lab) => lab.gpu()), ["needs-gpu", "holds", "not-built"]);
  const others = [new Error("a bug"), unsupportedError("no memory"), dataError("elsewhere")];
  for (const error of others)
    await assert.rejects(
      verdicts(() => Promise.reject(error)),
      error,
    );
});

test("what was handed in cannot be changed afterwards", async () => {
  const measurement = { kind: "exact" as const, value: 0.01, n: 1 };
  const room = defineRoom({
    paper: fixturePaper,
    subject: {},
    async run(lab) {
      lab.measure("mean", measurement);
      measurement.value = 99;
    },
  });
  assert.equal((await runRoom(room, options())).claims[0]!.measured!.value, 0.01);
});

test("a figure that cannot be drawn crashes the run that made it", async () => {
  const room = defineRoom({
    paper: fixturePaper,
    subject: {},
    run: async (lab) =>
      lab.figure({
        id: "f",
        title: "",
        caption: "",
        x: { label: "x", scale: "linear" },
        y: { label: "y", scale: "linear" },
        series: [{ label: "a", mark: "line", x: [1, 2], y: [1, Number.NaN] }],
      }),
  });
  await assert.rejects(
    runRoom(room, options()),
    /figure f, series a: y and interval must be finite/,
  );
});
