import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../backends/cpp.ts";
import type { CallResult } from "../session/backend.ts";
import { plainTasks } from "../tasks/plain/index.ts";
import { type Behaviour, fakeBackend, named } from "./fixture.ts";
import { measure } from "./measure.ts";
import { timingInputs } from "./timing-inputs.ts";

const relu = plainTasks.find(({ id }) => id === "relu")!;
const dims = [64];
const inputs = timingInputs(relu, dims);

/** So many nanoseconds on the wall, of which it had a processor for a share. */
const waiting = (ns: number, awake: number, result: Partial<CallResult> = {}): Behaviour => ({
  ns: () => ns,
  awake,
  result,
});

async function timed(ours: Behaviour, theirs: Behaviour, { oneProcess = true } = {}) {
  const { backend } = fakeBackend({ ours, theirs }, relu);
  return measure(relu, named("ours"), named("theirs"), {
    backend: { ...backend, oneProcess },
    dims,
    inputs,
  });
}

test("a quiet machine: the wall's clock", async () => {
  const timing = await timed(waiting(1e6, 0.98), waiting(4e6, 0.97));
  assert.deepEqual([timing.clock, timing.speedup, timing.flags], ["wall", 4, []]);
});

test("a busy machine: processor time tells what short calls were spared", async () => {
  // The baseline of 4 ms gets every third slice; calls of the candidate fit into one.
  const timing = await timed(waiting(1e6, 1), waiting(12e6, 1 / 3));
  assert.equal(timing.clock, "cpu");
  assert.ok(Math.abs(timing.speedup - 4) < 1e-9, `${timing.speedup}`);
  assert.ok(Math.abs(timing.baselineMedianNs - 4e6) < 1, `${timing.baselineMedianNs}`);
  assert.deepEqual(timing.flags, []);
});

test("a candidate alone does not make a machine busy", async () => {
  const timing = await timed(waiting(2e6, 0.5), waiting(4e6, 1));
  assert.deepEqual([timing.clock, timing.speedup, timing.flags], ["wall", 2, []]);
});

test("who sleeps while the baseline need not is timed by the wall, and told of", async () => {
  const timing = await timed(waiting(20e6, 0.05), waiting(8e6, 0.5));
  assert.equal(timing.clock, "wall");
  assert.equal(timing.speedup, 0.4);
  assert.deepEqual(timing.flags, ["busy-machine"]);
});

test("threads, other processes, untold or tiny processor times: the wall's clock, and told", async () => {
  const busy = waiting(12e6, 1 / 3);
  const cases: [Behaviour, Behaviour, boolean][] = [
    [waiting(1e6, 1, { threads: 3 }), busy, true],
    [waiting(1e6, 1), busy, false],
    [{ ns: () => 1e6 }, busy, true],
    [waiting(5e4, 1), busy, true],
  ];
  for (const [ours, theirs, oneProcess] of cases) {
    const { clock, flags } = await timed(ours, theirs, { oneProcess });
    assert.deepEqual([clock, flags], ["wall", ["busy-machine"]]);
  }
  const parallel = await timed(waiting(1e6, 1), { ...busy, result: { threads: 2 } });
  assert.deepEqual([parallel.clock, parallel.flags], ["wall", []]);
});

test("threads that are joined again gain nothing: their time is the process's", async () => {
  // Four threads of a busy machine worked for 1 ms each, and are gone after a call of 2 ms.
  const timing = await timed(waiting(2e6, 2), waiting(12e6, 1 / 3));
  assert.equal(timing.clock, "cpu");
  assert.ok(Math.abs(timing.speedup - 1) < 1e-9, `${timing.speedup}`);
});

test("a baseline slowed beside the candidate is told by processor time, too", async () => {
  const timing = await timed(waiting(1e6, 1), {
    ns: (_call, _seen, beside) => (beside.includes("ours") ? 24e6 : 12e6),
    awake: 1 / 3,
  });
  assert.equal(timing.clock, "cpu");
  assert.deepEqual(timing.flags, ["slowed-baseline"]);
  assert.ok(Math.abs(timing.speedup - 4) < 1e-9, `${timing.speedup}`);
});

/** Four million dependent steps, by the caller or by a thread that is gone when the call returns. */
const worker = (call: string) => `
#include <pthread.h>
#include <time.h>
static void *work(void *) {
  volatile float x = 1;
  for (int i = 0; i < 4000000; i++) x = x * 0.5f + 1;
  return nullptr;
}
extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = (const float *)in[0];
  float *y = (float *)out[0];
  ${call}
  for (long long i = 0; i < dims[0]; i++) y[i] = x[i] > 0 ? x[i] : 0;
  return 0;
}
`;
const ways = {
  "by itself": "work(nullptr);",
  "by a thread":
    "pthread_t t; pthread_create(&t, nullptr, work, nullptr); pthread_join(t, nullptr);",
  asleep: "timespec t = {0, 5000000}; nanosleep(&t, nullptr);",
};

test("what the system counts: the work of a thread that is gone, and no sleep", async (t) => {
  const backend = cpp();
  const probe = await backend.probe();
  if (!probe.available) return t.skip(probe.reason);
  assert.equal(backend.oneProcess, true);
  const limits = { callTimeout: 20_000, compileTimeout: 60_000, memory: 2 ** 31, processes: 64 };
  const cpuOf = async (call: string) => {
    const candidate = { source: worker(call), flags: ["-pthread"] };
    const artifact = await backend.compile(candidate, { limits });
    const session = await backend.open(artifact, { limits });
    try {
      const { sets, outputs } = inputs;
      const { inputs: given, poison } = sets[0]!;
      const request = { inputs: given, dims, outputs, poison, slot: 0, timed: 3 };
      const { cpuNs, threads } = await session.call(request);
      assert.equal(threads, 1);
      return cpuNs!;
    } finally {
      await session.close();
    }
  };
  const alone = await cpuOf(ways["by itself"]);
  const handedOn = await cpuOf(ways["by a thread"]);
  const asleep = await cpuOf(ways.asleep);
  assert.ok(handedOn > alone / 2, `${handedOn} of ${alone}`);
  assert.ok(asleep < alone / 4, `${asleep} of ${alone}`);
});
