import type { Candidate } from "../../session/backend.ts";
import { CandidateCompileError } from "../../session/errors.ts";
import { ownPages } from "./call-layout.ts";

const mostLines = 150;

/** Flags that change how a kernel is compiled and nothing else: no transforms, no files. */
const allowed =
  /^(-O[0-3sz]?|--converge|--noAssert|--uncheckedBehavior=(default|always|never)|--(enable|disable)=[a-z-]+(,[a-z-]+)*)$/;

/**
 * What the compiler is told: the module imports its memory, with SIMD; `--enable=relaxed-simd` adds
 * what only some runtimes have.
 * @throws CandidateCompileError for a flag that is not allowed.
 */
export function assemblyScriptArguments(flags: readonly string[] = []): string[] {
  const refused = flags.find((flag) => !allowed.test(flag));
  if (refused !== undefined) {
    throw new CandidateCompileError(
      `the flag ${refused} is not one of -O0..-O3, -Os, -Oz, --converge, --noAssert, --uncheckedBehavior=, --enable= and --disable=`,
      "",
    );
  }
  return [
    "kernel.ts",
    ...["--outFile", "kernel.wasm", "--runtime", "stub", "--importMemory"],
    ...["--initialMemory", String(ownPages)],
    ...(flags.some((flag) => flag.startsWith("-O")) ? [] : ["-O3"]),
    ...(flags.some((flag) => flag.startsWith("--enable")) ? [] : ["--enable", "simd"]),
    ...flags.flatMap((flag) => flag.split("=")),
  ];
}

/**
 * AssemblyScript to a WebAssembly module.
 * @throws CandidateCompileError with at most 150 lines of the compiler's messages.
 */
export async function compileAssemblyScript({
  source,
  flags,
}: Candidate): Promise<{ bytes: Uint8Array<ArrayBuffer>; log: string }> {
  const args = assemblyScriptArguments(flags);
  const { default: asc } = await import("assemblyscript/asc");
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const told: string[] = [];
  const write = { write: (chunk: string | Uint8Array) => void told.push(String(chunk)) };
  const { error } = await asc.main(args, {
    readFile: (name: string) => (name === "kernel.ts" ? source : null),
    writeFile: (_name: string, contents: unknown) => {
      if (contents instanceof Uint8Array) bytes = new Uint8Array(contents);
    },
    listFiles: () => [],
    stdout: write as never,
    stderr: write as never,
  });
  const log = told.join("").split("\n").slice(0, mostLines).join("\n");
  if (error || bytes === undefined) {
    throw new CandidateCompileError("AssemblyScript does not compile it", log || String(error));
  }
  return { bytes, log };
}
