import assert from "node:assert/strict";
import { test } from "node:test";
import { backendById } from "../../backends/registry.ts";
import { defaultLimits, verifyCandidate } from "../../judge/verify.ts";
import type { Backend, Candidate } from "../../session/backend.ts";
import { timingInputs, worstError } from "../../stopwatch/timing-inputs.ts";
import { tasks } from "../../tasks/registry.ts";
import type { Check } from "../attempt.ts";
import { templateCoder } from "../coders/template-coder.ts";
import { nativeCounters } from "../counters/cpp-counters.ts";
import { timingOf } from "../fixture.ts";
import { ruleJudge } from "../judges/rule-judge.ts";
import { runForge } from "../run-forge.ts";
import { allPoints, type TemplateSpace } from "./space.ts";
import { spaces, wgslSpaces } from "./spaces.ts";

const [cpp, wgsl] = [backendById("cpp"), backendById("wgsl")];
const why = async (backend: Backend) => {
  const probe = await backend.probe();
  return probe.available ? false : probe.reason;
};
const [noCpp, noWgsl] = await Promise.all([why(cpp), why(wgsl)]);

/** A search whose clock is the processor's: what else the machine does costs nothing. */
async function search(space: TemplateSpace, dims: readonly number[]) {
  const backend = cpp;
  const task = tasks.get(space.task);
  const inputs = timingInputs(task, dims, { sets: 1 });
  const set = inputs.sets[0]!;
  const times = new Map<string, number>();
  /** Of one call, on the numbers that its results are checked with; infinite where they are wrong. */
  const run = async (candidate: Candidate) => {
    const artifact = await backend.compile(candidate, { limits: defaultLimits });
    const session = await backend.open(artifact, { limits: defaultLimits });
    const poison = set.poison;
    const call = { inputs: set.inputs, dims, outputs: inputs.outputs, poison, slot: 0 };
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) {
      const { outputs, cpuNs } = await session.call({ ...call, timed: 3 });
      if (worstError(outputs, set.expected) <= 1) best = Math.min(best, cpuNs! / 3);
    }
    await session.close();
    return best;
  };
  const naive = await run(space.render(space.start));
  const count = nativeCounters({ task, dims, backend });
  const bound = { ns: 1, by: "memory", bytesPerSecond: 1, flopsPerSecond: 1 } as const;
  const result = await runForge({
    task,
    dims,
    backend,
    rounds: 4,
    coder: templateCoder(space, { seed: 1 }),
    judge: ruleJudge({ bound }),
    async verifier(candidate): Promise<Check> {
      times.set(candidate.source, await run(candidate));
      const right = times.get(candidate.source)! < Number.POSITIVE_INFINITY;
      return { outcome: right ? "accepted" : "rejected", log: "", verdict: null };
    },
    timing: async ({ source }) => timingOf(naive / times.get(source)!),
    counters: count,
  });
  assert.ok(
    result.attempts.every(({ correct }) => correct),
    space.task,
  );
  return result.best!;
}

async function found(space: TemplateSpace, dims: readonly number[]) {
  const best = await search(space, dims);
  const task = tasks.get(space.task);
  const options = {
    seed: 1,
    shapes: [task.shapes[1]!, task.shapes.at(-1)!],
    families: ["normal", "signed"],
  } as const;
  const { accepted, findings } = await verifyCandidate(task, best.proposal, cpp, options);
  assert.ok(accepted, JSON.stringify(findings));
  return best.timing!.speedup;
}

const depthwise = "convolution/conv_depthwise_2d_square_input_square_kernel";

for (const [id, dims, least] of [
  ["matmul/matmul_with_transposed_both", [192, 192, 192], 4],
  ["hpc/jacobi3d", [64, 64, 64], 3],
] as const) {
  test(`${id}: a kernel ${least} times faster than the plain one in four rounds, by the processor's clock`, {
    skip: noCpp,
  }, async () => {
    const speedup = await found(spaces[id]!, dims);
    assert.ok(speedup > least, `${speedup}`);
  });
}

test("WGSL: the plain kernels and the boldest ones are right", { skip: noWgsl }, async () => {
  for (const id of ["matmul/matmul_with_transposed_both", "hpc/jacobi3d", depthwise]) {
    const [space, task] = [wgslSpaces[id]!, tasks.get(id)];
    const dims = task.shapes.at(-1)!;
    const { sets, outputs } = timingInputs(task, dims, { sets: 1 });
    const { inputs, poison, expected } = sets[0]!;
    for (const point of [space.start, allPoints(space).at(-1)!]) {
      const artifact = await wgsl.compile(space.render(point), { limits: defaultLimits });
      const session = await wgsl.open(artifact, { limits: defaultLimits });
      const result = await session.call({ inputs, dims, outputs, poison, slot: 0 });
      await session.close();
      assert.ok(result.guardsIntact && worstError(result.outputs, expected) <= 1, `${id} ${point}`);
    }
  }
});
