import assert from "node:assert/strict";
import { test } from "node:test";
import { plainTasks } from "../tasks/plain/index.ts";
import { anchoredTiming } from "./anchored.ts";
import { type Behaviour, fakeBackend, named } from "./fixture.ts";
import { measure, type Protocol } from "./measure.ts";
import type { Roofs } from "./roofs.ts";
import { type TimingInputs, timingInputs } from "./timing-inputs.ts";

const task = plainTasks.find(({ id }) => id === "relu")!;
const dims = [64];
const inputs = timingInputs(task, dims);
/** One operation and eight bytes an element: 64 elements take at least 1000 ns. */
const roofs: Roofs = {
  hardware: "pretended",
  roofs: [
    {
      threads: 1,
      flopsPerSecond: 1e12,
      bandwidth: [{ footprint: 1, bytesPerSecond: 0.512e9 }],
    },
  ],
};

const steady = (ns: number): Behaviour => ({ ns: () => ns });

async function timed(
  behaviours: Readonly<Record<string, Behaviour>>,
  protocol: Partial<Protocol> = {},
) {
  const { backend, opened, open } = fakeBackend(behaviours, task);
  const timing = await measure(task, named("ours"), named("theirs"), {
    backend,
    dims,
    inputs,
    ...protocol,
  });
  assert.equal(open.size, 0);
  return { timing, opened };
}

test("the speedup is the median ratio, with intervals around it", async () => {
  // The machine gets slower and slower: both suffer alike, and ratios do not.
  let clock = 0;
  const drift = () => 1 + clock++ / 5000;
  const { timing, opened } = await timed({
    ours: { ns: () => 1000 * drift() },
    theirs: { ns: () => 4000 * drift() },
  });
  assert.ok(Math.abs(timing.speedup - 4) < 0.2, `${timing.speedup}`);
  const [low, high] = timing.speedupCI;
  assert.ok(low <= timing.speedup && timing.speedup <= high);
  assert.ok(timing.ci95[0] <= timing.medianNs && timing.medianNs <= timing.ci95[1]);
  assert.deepEqual(timing.flags, []);
  assert.deepEqual(opened, ["theirs", "ours"]);
  assert.equal(timing.rooflineFraction, null);
});

test("single calls that take for ever do not move the median", async () => {
  const { timing } = await timed({
    ours: { ns: (call) => (call % 9 === 5 ? 1e9 : 2000) },
    theirs: { ns: (call) => (call % 11 === 3 ? 1e9 : 6000) },
  });
  assert.equal(timing.medianNs, 2000);
  assert.equal(timing.speedup, 3);
});

test("the same measurement of the same numbers gives the same intervals", async () => {
  const behaviours = {
    ours: { ns: (call: number) => 1000 + ((call * 7919) % 400) },
    theirs: { ns: (call: number) => 3000 + ((call * 104729) % 700) },
  };
  assert.deepEqual((await timed(behaviours)).timing, (await timed(behaviours)).timing);
});

test("above 105 % of the roof is refused, after the roofs were measured again", async () => {
  let renewed = 0;
  const renewRoofs = async () => {
    renewed++;
    return roofs;
  };
  const pair = { ours: steady(900), theirs: steady(4000) };
  const fast = await timed(pair, { roofs, renewRoofs });
  assert.deepEqual(fast.timing.flags, ["implausible"]);
  assert.equal(renewed, 1);
  assert.deepEqual(fast.opened, ["theirs", "ours", "ours"]);
  const near = await timed({ ours: steady(960), theirs: steady(4000) }, { roofs, renewRoofs });
  assert.deepEqual(near.timing.flags, []);
  assert.ok(Math.abs(near.timing.rooflineFraction! - 1.04) < 0.01);
  assert.equal(renewed, 1);
  const higher = {
    ...roofs,
    roofs: [{ ...roofs.roofs[0]!, bandwidth: [{ footprint: 1, bytesPerSecond: 1e9 }] }],
  };
  const cleared = await timed(pair, { roofs, renewRoofs: async () => higher });
  assert.deepEqual(cleared.timing.flags, []);
});

test("a candidate that slows the baseline is found out, and gets the baseline's time alone", async () => {
  const { timing, opened } = await timed({
    ours: steady(1000),
    theirs: { ns: (_call, _seen, beside) => (beside.includes("ours") ? 8000 : 2000) },
  });
  assert.deepEqual(timing.flags, ["slowed-baseline"]);
  assert.equal(timing.speedup, 2);
  assert.equal(timing.baselineMedianNs, 2000);
  assert.equal(opened.filter((name) => name === "ours").length, 2);
});

test("a machine that was busy for a while is no trick", async () => {
  let opened = 0;
  const { timing } = await timed({
    ours: { ns: (call) => (call === 0 && opened++ === 0 ? 1000 : 1000) },
    theirs: { ns: (_call, _seen, beside) => (beside.length > 0 && opened === 1 ? 8000 : 2000) },
  });
  assert.deepEqual(timing.flags, []);
  assert.equal(timing.speedup, 2);
});

test("an answer from memory shows in the first call on new numbers", async () => {
  const remembering = { ns: (_call: number, seen: boolean) => (seen ? 1000 : 1e6) };
  const { timing } = await timed({ ours: remembering, theirs: steady(2e6) });
  assert.ok(timing.flags.includes("remembers-inputs"));
  const one: TimingInputs = { ...inputs, sets: inputs.sets.slice(0, 1) };
  const warm = await timed({ ours: remembering, theirs: steady(2e6) }, { inputs: one });
  assert.ok(!warm.timing.flags.includes("remembers-inputs"), "the very first call may be slow");
});

test("wrong, unsteady, late and failing calls are told", async () => {
  const theirs = steady(4000);
  const faults: Behaviour["result"][] = [
    { sameOutputs: false },
    { settled: false },
    { inputsIntact: false },
    { guardsIntact: false },
    { status: 1 },
  ];
  for (const result of faults) {
    const { timing } = await timed({ ours: { ...steady(1000), result: result! }, theirs });
    assert.deepEqual(timing.flags, ["wrong-while-timed"], JSON.stringify(result));
  }
  const zeros = (request: { outputs: readonly { shape: readonly number[] }[] }) =>
    request.outputs.map(({ shape }) => ({
      dtype: "float32" as const,
      shape,
      data: new Float32Array(shape[0]!),
    }));
  const { timing } = await timed({ ours: { ...steady(1000), outputs: zeros }, theirs });
  assert.deepEqual(timing.flags, ["wrong-while-timed"]);
});

test("clocks that disagree and threads that spin are told", async () => {
  const theirs = steady(4000);
  const forged = { ...steady(1000), result: { forgedClocks: 32 } };
  assert.deepEqual((await timed({ ours: forged, theirs })).timing.flags, ["clock-mismatch"]);
  const spinning = { ...steady(1000), result: { idleCpuNs: 9e5 } };
  assert.deepEqual((await timed({ ours: spinning, theirs })).timing.flags, ["spins-while-idle"]);
});

test("two busy processors are held against the roof of two", async () => {
  const two: Roofs = {
    ...roofs,
    roofs: [
      ...roofs.roofs,
      { threads: 2, flopsPerSecond: 2e12, bandwidth: [{ footprint: 1, bytesPerSecond: 1.024e9 }] },
    ],
  };
  const parallel = { ...steady(600), result: { cpuNs: 1150 * 32 } };
  const { timing } = await timed({ ours: parallel, theirs: steady(4000) }, { roofs: two });
  assert.deepEqual(timing.flags, []);
  const alone = { ...steady(600), result: { cpuNs: 600 * 32 } };
  const refused = await timed({ ours: alone, theirs: steady(4000) }, { roofs: two });
  assert.deepEqual(refused.timing.flags, ["implausible"]);
});

test("what is ten times slower is given up after three pairs", async () => {
  const { timing } = await timed({ ours: steady(1e6), theirs: steady(4000) });
  assert.equal(timing.samples, 3);
  assert.deepEqual(timing.flags, ["gave-up"]);
});

test("zero and negative times do not divide by zero", async () => {
  const { timing } = await timed({ ours: { ns: (c) => -(c % 2) }, theirs: steady(4000) });
  assert.equal(timing.medianNs, 1);
  assert.ok(Number.isFinite(timing.speedup));
});

test("a search times beside an anchor, and its speedups are over the baseline still", async () => {
  const { backend, opened } = fakeBackend(
    { plain: steady(100_000), quick: steady(2000), quicker: steady(1000) },
    task,
  );
  const time = anchoredTiming(task, named("plain"), { backend, dims, inputs });
  assert.equal((await time(named("quick"))).speedup, 50);
  const last = await time(named("quicker"));
  assert.equal(last.speedup, 100);
  assert.equal(last.baselineMedianNs, 100_000);
  assert.deepEqual(opened, ["plain", "quick", "quick", "quicker"]);
});

test("bad protocols are refused at the door", async () => {
  const { backend } = fakeBackend({ ours: steady(1), theirs: steady(1) }, task);
  const bad = (protocol: Partial<Protocol>) =>
    measure(task, named("ours"), named("theirs"), { backend, dims, ...protocol });
  await assert.rejects(bad({ pairs: [0, 3] }), { code: "ERR_DOMAIN" });
  await assert.rejects(bad({ pairs: [5, 3] }), { code: "ERR_DOMAIN" });
  await assert.rejects(bad({ dims: [3, 4] }), { code: "ERR_DOMAIN" });
  await assert.rejects(bad({ backend: null as never }), { code: "ERR_TYPE" });
});
