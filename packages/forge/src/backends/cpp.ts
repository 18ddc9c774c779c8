import type { Backend, Probe } from "../session/backend.ts";
import { checkFlags } from "./native/flags.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";
import { runProcess } from "./native/run-process.ts";

/** Whether `g++` works here, its version and the processor's name. */
export async function probeGxx(): Promise<Probe> {
  const { code, output } = await runProcess("g++", ["--version"]);
  if (code !== 0)
    return { available: false, reason: "g++ is not installed", remedy: "apt-get install g++" };
  return { available: true, hardware: await processorName(), version: output.split("\n")[0] ?? "" };
}

export async function processorName(): Promise<string> {
  const { cpus } = await import("node:os");
  const all = cpus();
  return `${all[0]?.model.trim() ?? "processor"}, ${all.length} cores`;
}

/** C++ by `g++ -O3 -march=native`, one thread unless the flags ask for `-fopenmp` or `-pthread`. */
export const cpp = (options?: NativeOptions): Backend =>
  nativeBackend(
    {
      id: "cpp",
      language: "cpp",
      file: "kernel.cpp",
      probe: probeGxx,
      command: ({ flags = [] }) => [
        "g++",
        "-std=c++20",
        "-O3",
        "-march=native",
        ...checkFlags(flags),
        "-shared",
        "-fPIC",
        "-o",
        "kernel.so",
        "kernel.cpp",
      ],
    },
    options,
  );
