import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../backends/native/cache.ts";
import { isolation } from "../../backends/native/isolation.ts";
import { artifactFile } from "../../backends/native/native-backend.ts";
import { runTool } from "../../backends/native/tool.ts";
import type { Backend, Candidate, Limits } from "../../session/backend.ts";
import type { Roofs } from "../../stopwatch/roofs.ts";
import type { Timing } from "../../stopwatch/timing.ts";
import type { Dims, Task } from "../../task/task.ts";
import type { Counters } from "../attempt.ts";
import { cacheMisses } from "./cache-misses.ts";
import { countInstructions, hottestLoop, innermostLoops, parseDisassembly } from "./disassembly.ts";
import { assemblyOf, parseSimulation, simulationCounters } from "./llvm-mca.ts";
import { timeCounters } from "./time-counters.ts";
import { counterTool } from "./tools.ts";

interface Options {
  readonly task: Task;
  readonly dims: Dims;
  /** A back end whose artifacts are shared objects of this processor: cpp, openmp, fortran. */
  readonly backend: Backend;
  readonly roofs?: Roofs;
  /** Also asks llvm-mca about the hottest loop. */
  readonly throughput?: boolean;
  /** That, and asks the compiler about loops that it did not vectorise. */
  readonly thorough?: boolean;
  /** Also runs the kernel once in valgrind's caches: a hundred times slower than a call. */
  readonly cache?: boolean;
  readonly unsafe?: boolean;
}

const limits: Limits = {
  callTimeout: 10_000,
  compileTimeout: 60_000,
  memory: 2 ** 31,
  processes: 64,
};
/** What the machine's vectors hold, as the compiler says. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/__AVX512F__/, 512],
  [/__AVX__/, 256],
];

/**
 * Counters of a native kernel that exist without a performance monitoring unit: rates against the
 * roofs, what stands in the machine code, and, if asked for, throughput by llvm-mca and the compiler's
 * remarks. A tool that is missing leaves its counters out.
 */
export function nativeCounters(options: Options) {
  const { task, dims, backend, roofs, unsafe = false, thorough = false } = options;
  const { throughput = thorough, cache = false } = options;
  let machineVectorBits: Promise<number> | undefined;
  return async (
    candidate: Candidate,
    timing: Timing,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Counters> => {
    const bare = unsafe && (await isolation()).level === "bare";
    const within = { memory: limits.memory, timeout: 30_000, unsafe: bare, signal };
    const tool = (
      command: readonly string[],
      inputs: readonly string[] = [],
      maxOutput = 1 << 22,
    ) => runTool(command, { ...within, inputs, maxOutput });
    machineVectorBits ??= tool([
      "g++",
      "-march=native",
      "-dM",
      "-E",
      "-x",
      "c++",
      "/dev/null",
    ]).then(({ output }) => widths.find(([pattern]) => pattern.test(output))?.[1] ?? 128);
    const folder = mkdtempSync(join(cacheFolder("work"), "o-"));
    try {
      const { hash } = await backend.compile(candidate, { limits, ...(signal && { signal }) });
      const object = join(folder, "kernel.so");
      copyFileSync(artifactFile(hash), object);
      const { code, output } = await tool(
        ["objdump", "-d", "--no-show-raw-insn", "kernel.so"],
        [object],
      );
      const listed = code === 0 ? countInstructions(output) : {};
      return {
        ...timeCounters(task, dims, timing, roofs),
        machineVectorBits: await machineVectorBits,
        ...listed,
        ...(throughput && code === 0 && (await simulated(folder, output, tool))),
        ...(thorough && (await remarks(folder, candidate, tool))),
        ...(cache &&
          (await cacheMisses({ folder, task, dims }, candidate, (command, files) =>
            runTool(command, { ...within, ...files }),
          ))),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

type Tool = (
  command: readonly string[],
  inputs?: readonly string[],
) => Promise<{ code: number | null; output: string }>;

/** Processors that are simulated: this one, or where llvm-mca does not know its vectors, one that has them. */
const processors = [[], ["-mcpu=icelake-server"]];

/** What llvm-mca says of the hottest loop, where it is installed and knows the instructions. */
async function simulated(folder: string, listing: string, tool: Tool): Promise<Counters> {
  const text = assemblyOf(hottestLoop(innermostLoops(parseDisassembly(listing))));
  const mca = await counterTool("llvm-mca");
  if (text === "" || !mca.available) return {};
  const file = join(folder, "loop.s");
  writeFileSync(file, text);
  for (const processor of processors) {
    const command = [mca.command, "-iterations=100", ...processor, "loop.s"];
    const { code, output } = await tool(command, [file]);
    const simulation = code === 0 ? parseSimulation(output) : null;
    if (simulation) return simulationCounters(simulation);
  }
  return {};
}

/** How many loops the compiler says that it could not vectorise. */
async function remarks(folder: string, candidate: Candidate, tool: Tool): Promise<Counters> {
  const file = join(folder, "kernel.cpp");
  writeFileSync(file, candidate.source);
  const { code, output } = await tool(
    [
      ...["g++", "-std=c++20", "-O3", "-march=native", ...(candidate.flags ?? [])],
      ...["-fopt-info-vec-missed", "-S", "-o", "/dev/null", "kernel.cpp"],
    ],
    [file],
  );
  if (code !== 0) return {};
  return { loopsNotVectorised: output.match(/missed: couldn't vectorize loop/g)?.length ?? 0 };
}
