import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../../backends/cpp.ts";
import { plainTasks } from "../../tasks/plain/index.ts";
import { timingOf } from "../fixture.ts";
import { ruleJudge } from "../judges/rule-judge.ts";
import { nativeCounters } from "./cpp-counters.ts";
import { hottestLoop, innermostLoops, parseDisassembly } from "./disassembly.ts";
import { assemblyOf, parseSimulation, simulationCounters } from "./llvm-mca.ts";
import { counterTool, counterTools } from "./tools.ts";

/** What llvm-mca 15 says of a sum of two arrays into one register: a chain of additions. */
const recorded = `Iterations:        100
Instructions:      500
Total Cycles:      415
Total uOps:        700

Dispatch Width:    6
uOps Per Cycle:    1.69
IPC:               1.20
Block RThroughput: 1.2


Instruction Info:
[1]: #uOps
[2]: Latency
[3]: RThroughput
[4]: MayLoad
[5]: MayStore
[6]: HasSideEffects (U)

[1]    [2]    [3]    [4]    [5]    [6]    Instructions:
 2      8     0.50    *                   vmovups	(%rdi,%rax), %zmm0
 2      11    0.50    *                   vaddps	(%rsi,%rax), %zmm0, %zmm0
 1      4     0.50                        vaddps	%zmm0, %zmm1, %zmm1
 1      1     0.25                        addq	$64, %rax
 1      1     0.25                        cmpq	%rax, %rdx


Resources:
[0]   - ICXDivider
[1]   - ICXFPDivider
[2]   - ICXPort0
[3]   - ICXPort1
[4]   - ICXPort2
[5]   - ICXPort3
[6]   - ICXPort4
[7]   - ICXPort5
[8]   - ICXPort6
[9]   - ICXPort7
[10]  - ICXPort8
[11]  - ICXPort9


Resource pressure per iteration:
[0]    [1]    [2]    [3]    [4]    [5]    [6]    [7]    [8]    [9]    [10]   [11]   
 -      -     1.49   1.01   1.00   1.00    -     1.49   1.01    -      -      -
`;

test("a report: cycles, units, and that results are waited for", () => {
  const simulation = parseSimulation(recorded)!;
  assert.equal(simulation.iterations, 100);
  assert.equal(simulation.instructions, 500);
  assert.equal(simulation.cycles, 415);
  assert.equal(simulation.instructionsPerCycle, 1.2);
  assert.equal(simulation.reciprocalThroughput, 1.2);
  assert.deepEqual(simulation.pressure, [
    { unit: "ICXPort0", cycles: 1.49 },
    { unit: "ICXPort1", cycles: 1.01 },
    { unit: "ICXPort2", cycles: 1 },
    { unit: "ICXPort3", cycles: 1 },
    { unit: "ICXPort5", cycles: 1.49 },
    { unit: "ICXPort6", cycles: 1.01 },
  ]);
  assert.deepEqual(simulationCounters(simulation), {
    mcaCycles: 4.15,
    mcaInstructionsPerCycle: 1.2,
    mcaLoopCycles: 1.2,
    mcaInstructionsPerCycleBound: 5 / 1.49,
    mcaPortPressure: 1.49 / 4.15,
    mcaWaiting: 4.15 / 1.49,
  });
});

test("a report without a table still counts; what is no report is none", () => {
  const short = recorded.slice(0, recorded.indexOf("Resources:"));
  assert.deepEqual(parseSimulation(short)!.pressure, []);
  assert.equal(simulationCounters(parseSimulation(short)!).mcaWaiting, 4.15 / 1.2);
  for (const text of ["", "error: found an unsupported instruction", short.slice(0, 60)])
    assert.equal(parseSimulation(text), null);
});

test("rules: a loop that waits for its results is unrolled, if it computes", async () => {
  const counters = { ...simulationCounters(parseSimulation(recorded)!), loopFlops: 32 };
  const ask = async (seen: Readonly<Record<string, number>>) => {
    const last = { counters: seen } as Parameters<
      ReturnType<typeof ruleJudge>["diagnose"]
    >[0]["last"];
    const bound = { ns: 1, by: "memory", bytesPerSecond: 1, flopsPerSecond: 1 } as const;
    const context = { mode: "optimisation", last } as Parameters<
      ReturnType<typeof ruleJudge>["diagnose"]
    >[0];
    return (await ruleJudge({ bound }).diagnose(context)).advice;
  };
  const streams = { megabytes: 64, streamedStores: 0 };
  const waiting = await ask({ ...counters, ...streams });
  assert.ok("bottleneck" in waiting && waiting.optimisation_method === "unroll");
  assert.match(waiting.bottleneck, /4\.2 cycles, 2\.8 times/);
  const busy = await ask({ ...counters, ...streams, mcaWaiting: 1.1 });
  assert.ok("bottleneck" in busy && busy.optimisation_method === "stream stores");
});

test("jumps, calls and padding are no work", () => {
  const listing = `0000000000001000 <k>:
    1000:\tvaddps (%rdi),%zmm0,%zmm0
    1004:\tcs nopw 0x0(%rax,%rax,1)
    100a:\tadd    $0x40,%rdi
    100e:\tjne    1000 <k>
`;
  const loop = hottestLoop(innermostLoops(parseDisassembly(listing)));
  assert.equal(assemblyOf(loop), "vaddps (%rdi),%zmm0,%zmm0\nadd $0x40,%rdi\n");
});

test("every tool is here, or it is said how to get it", async () => {
  const tools = await counterTools();
  assert.deepEqual(
    tools.map(({ tool }) => tool),
    ["objdump", "llvm-mca", "valgrind"],
  );
  for (const tool of tools)
    assert.match(tool.available ? tool.version : tool.remedy, /^\d|^apt-get install /);
});

const backend = cpp();
const [compiler, mca] = [await backend.probe(), await counterTool("llvm-mca")];

test("of a compiled kernel", {
  skip: compiler.available && mca.available ? false : "needs g++ and llvm-mca",
}, async () => {
  const task = plainTasks.find(({ id }) => id === "rowmean")!;
  const count = nativeCounters({ task, dims: [4, 64], backend, throughput: true });
  const source = `extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  for (long r = 0; r < dims[0]; r++) {
    float s = 0;
    for (long i = 0; i < dims[1]; i++) s += ((const float*)in[0])[r * dims[1] + i];
    ((float*)out[0])[r] = s / dims[1];
  }
  return 0;
}`;
  const { mcaCycles, mcaWaiting, mcaPortPressure } = await count({ source }, timingOf(1));
  // Additions in their order: each waits for the one before it.
  assert.ok(mcaCycles! >= 2 && mcaWaiting! > 1.5, `${mcaCycles}, ${mcaWaiting}`);
  assert.ok(mcaPortPressure! > 0 && mcaPortPressure! <= 1.01);
});
