import type { Backend, BackendId, Probe } from "../session/backend.ts";
import { CandidateCompileError } from "../session/errors.ts";
import { probeGxx, processorName } from "./cpp.ts";
import { describedSession } from "./described-calls.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";
import { runProcess } from "./native/run-process.ts";
import { pythonHost } from "./python-host.ts";

/** What a back end in Python needs beside the system's interpreter. */
export interface PythonRecipe {
  readonly id: BackendId;
  /** Python that prints one line about what it found, or fails. */
  readonly ask: string;
  readonly remedy: string;
  /** The line's words for people: hardware and version. */
  readonly read: (line: string, processor: string) => { hardware: string; version: string };
  readonly binds?: readonly string[];
}

const system = `
import sysconfig
print(sysconfig.get_config_var("INSTSONAME"))
`;

/**
 * Kernels in Python: `forge_kernel(inputs, outputs, dims)` with NumPy arrays, in the system's
 * interpreter (`/usr/bin/python3`), which the sandbox shows.
 */
export function pythonBackend(recipe: PythonRecipe, options?: NativeOptions): Backend {
  const { id, ask, remedy, read, binds = [] } = recipe;
  let library = "";
  const missing = (reason: string): Probe => ({ available: false, reason, remedy });
  const backend = nativeBackend(
    {
      id,
      language: "python",
      file: "kernel.cpp",
      async probe() {
        const compiler = await probeGxx();
        if (!compiler.available) return compiler;
        const { code, output } = await runProcess("/usr/bin/python3", ["-c", ask + system]);
        if (code === null) return missing("the system's python3 is not installed");
        if (code !== 0) return missing(output.trim().split("\n").at(-1) ?? "python3 failed");
        const [line = "", soname = ""] = output.trim().split("\n");
        const linked = await runProcess("g++", [`-print-file-name=${soname}`]);
        if (!linked.output.includes("/")) return missing(`the library ${soname} is missing`);
        library = soname;
        return { available: true, ...read(line, await processorName()) };
      },
      command: () =>
        `g++ -std=c++20 -O1 -w -shared -fPIC -o kernel.so kernel.cpp -l:${library}`.split(" "),
      wide: true,
      binds,
    },
    options,
  );
  return {
    ...backend,
    async compile({ source, flags = [] }, rest) {
      if (flags.length > 0) throw new CandidateCompileError("Python kernels take no flags", "");
      await backend.probe();
      return backend.compile({ source: pythonHost(source, library) }, rest);
    },
    open: async (artifact, rest) => describedSession(await backend.open(artifact, rest)),
  };
}
