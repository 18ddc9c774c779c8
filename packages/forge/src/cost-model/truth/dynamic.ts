import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Target } from "../targets.ts";
import { bufferOf, type Callee, driverSource } from "./driver.ts";
import { StageFailed } from "./failure.ts";
import { runFile, toolPath } from "./tools.ts";

type Values = Map<string, Partial<Record<Target, number>>>;

/**
 * Runs every function of an assembly text on this machine: nanoseconds a call, and the exact number
 * of instructions executed. The functions take static buffers only.
 */
export async function execute(
  assembly: string,
  functions: ReadonlyMap<string, readonly string[]>,
  wanted: ReadonlySet<Target>,
  signal?: AbortSignal,
): Promise<Values> {
  const callees: Callee[] = [...functions].map(([name, types]) => ({ name, types }));
  for (const { name, types } of callees) {
    const other = types.find((type) => bufferOf(type) === null);
    if (other !== undefined)
      throw new StageFailed("driver", `${name} takes a ${other}, not a static buffer`);
  }
  const folder = await mkdtemp(join(tmpdir(), "forge-cost-"));
  const tool = async (name: string, file: string, args: string[]): Promise<string> => {
    const ran = await runFile(file, args, "", signal);
    if (!ran.ok) throw new StageFailed(name, ran.stderr);
    return ran.out;
  };
  try {
    const [source, kernels, program] = ["driver.c", "kernels.s", "driver"].map((f) =>
      join(folder, f),
    );
    await Promise.all([writeFile(source!, driverSource(callees)), writeFile(kernels!, assembly)]);
    await tool("clang", toolPath("clang"), [
      "-O1",
      "-msse2",
      source!,
      kernels!,
      "-lm",
      "-o",
      program!,
    ]);
    const values: Values = new Map(callees.map(({ name }) => [name, {}]));
    if (wanted.has("nanoseconds")) {
      for (const [, name, ns] of (await tool("run", program!, [])).matchAll(/^(\S+) (\S+)$/gm)) {
        values.get(name!)!.nanoseconds = Number(ns);
      }
    }
    if (wanted.has("dynamicInstructions")) {
      const out = join(folder, "counts");
      await tool("callgrind", toolPath("valgrind"), [
        "--tool=callgrind",
        ...callees.map(({ name }) => `--toggle-collect=${name}`),
        "--compress-strings=no",
        "--compress-pos=no",
        `--callgrind-out-file=${out}`,
        program!,
        "once",
      ]);
      const counts = selfCosts(await readFile(out, "utf8"));
      for (const { name } of callees) {
        const count = counts.get(name);
        if (count !== undefined) values.get(name)!.dynamicInstructions = count;
      }
    }
    return values;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Instructions of each function and of what it calls, out of callgrind's output: cost lines are
 * `line count`; after a `calls=` line comes the inclusive cost of the call.
 */
export function selfCosts(profile: string): Map<string, number> {
  const costs = new Map<string, number>();
  let name = "";
  for (const line of profile.split("\n")) {
    if (line.startsWith("fn=")) name = line.slice(3);
    else {
      const cost = /^[+*-]?\d* (\d+)$/.exec(line);
      if (cost) costs.set(name, (costs.get(name) ?? 0) + Number(cost[1]));
    }
  }
  return costs;
}
