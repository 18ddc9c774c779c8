import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Rng } from "@daily-kernel/compute";
import type { Candidate } from "../../session/backend.ts";
import { bytesOf } from "../../session/backend.ts";
import type { Dims, Task } from "../../task/task.ts";
import type { Counters } from "../attempt.ts";
import { type CacheCounts, parseCacheCounts } from "./cachegrind.ts";
import { counterTool } from "./tools.ts";

/** Runs a command in the sandbox on files of ours. */
type Tool = (
  command: readonly string[],
  files: {
    readonly inputs: readonly string[];
    readonly outputs?: Readonly<Record<string, string>>;
    /** Bytes of address space; 0 is as much as there is. */
    readonly memory?: number;
  },
) => Promise<{ code: number | null; output: string }>;

/** Calls the kernel once on what stands in a file: counts, dims, bytes of each array, inputs. */
const driver = `#include <stdio.h>
#include <stdlib.h>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims);
int main() {
  FILE* file = fopen("inputs.bin", "rb");
  long long head[3], sizes[96];
  if (!file || fread(head, 8, 3, file) != 3) return 2;
  const long long all = head[0] + head[1] + head[2];
  if (all > 96 || (long long)fread(sizes, 8, all, file) != all) return 2;
  void* arrays[96];
  for (long long k = 0; k < head[1] + head[2]; k++) {
    const long long bytes = sizes[head[0] + k];
    arrays[k] = aligned_alloc(64, (bytes + 127) / 64 * 64);
    if (!arrays[k]) return 2;
    if (k < head[1] && (long long)fread(arrays[k], 1, bytes, file) != bytes) return 2;
  }
  return forge_kernel(arrays, arrays + head[1], sizes);
}
`;

/** As the driver reads it. */
function inputFile(task: Task, dims: Dims): Buffer {
  const family = task.families.includes("normal") ? "normal" : task.families[0]!;
  const inputs = task.draw(dims, family, new Rng(0, "cache counters"));
  const outputs = task
    .outputs(dims)
    .map(({ dtype, shape }) => shape.reduce((a, b) => a * b, bytesOf(dtype)));
  const sizes = [...dims, ...inputs.map(({ data }) => data.byteLength), ...outputs];
  const head = BigInt64Array.from(
    [dims.length, inputs.length, outputs.length, ...sizes].map(BigInt),
  );
  return Buffer.concat([
    Buffer.from(head.buffer),
    ...inputs.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}

/** The first- and second-level caches that are simulated, as most processors of today have them. */
const caches = ["--D1=32768,8,64", "--LL=1048576,16,64"];

/**
 * Misses of a cold call in simulated caches, by valgrind, which takes a hundred times as long as the
 * call; without AVX-512, which valgrind does not know. Nothing where valgrind is missing, the source
 * needs wider vectors, or the call takes too long.
 */
export async function cacheMisses(
  { folder, task, dims }: { folder: string; task: Task; dims: Dims },
  { source, flags = [] }: Candidate,
  tool: Tool,
): Promise<Counters> {
  const valgrind = await counterTool("valgrind");
  if (!valgrind.available) return {};
  const file = (name: string) => join(folder, name);
  writeFileSync(file("kernel.cpp"), source);
  writeFileSync(file("driver.cpp"), driver);
  const compile = [
    ...["g++", "-std=c++20", "-O3", "-march=x86-64-v3", ...flags],
    ...["-o", "program", "kernel.cpp", "driver.cpp"],
  ];
  const compiled = await tool(compile, {
    inputs: [file("kernel.cpp"), file("driver.cpp")],
    outputs: { program: file("program") },
  });
  if (compiled.code !== 0) return {};
  writeFileSync(file("inputs.bin"), inputFile(task, dims));
  const simulate = [
    ...[valgrind.command, "--tool=callgrind", "--cache-sim=yes", ...caches],
    ...["--toggle-collect=forge_kernel", "--callgrind-out-file=/dev/null", "./runs"],
  ].join(" ");
  // What the sandbox is given can only be read.
  const run = ["sh", "-c", `cp program runs && chmod +x runs && exec ${simulate}`];
  const inputs = [file("program"), file("inputs.bin")];
  const { code, output } = await tool(run, { inputs, memory: 0 });
  const counts = code === 0 ? parseCacheCounts(output) : null;
  return counts ? rates(counts) : {};
}

function rates({ instructions, accesses, firstMisses, lastMisses }: CacheCounts): Counters {
  const share = (part: number) => (accesses === 0 ? 0 : part / accesses);
  return {
    executedInstructions: instructions,
    memoryAccesses: accesses,
    l1MissRate: share(firstMisses),
    l2MissRate: share(lastMisses),
  };
}
