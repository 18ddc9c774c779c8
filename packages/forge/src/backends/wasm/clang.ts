import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Candidate, Limits, Probe } from "../../session/backend.ts";
import { backendUnavailable } from "../../session/errors.ts";
import { cacheFolder } from "../native/cache.ts";
import { compileInSandbox } from "../native/compile-in-sandbox.ts";
import { checkFlags } from "../native/flags.ts";
import { runsBare, uncontained } from "../native/isolation.ts";
import { runProcess } from "../native/run-process.ts";
import { ownPages, pageBytes } from "./call-layout.ts";

/** The compiler as distributions call it, the newest version first. */
const names = ["clang", ...Array.from({ length: 9 }, (_, i) => `clang-${22 - i}`)];

/** Flags of the target beside those of all C and C++ back ends. */
const ofTarget =
  /^-m(no-)?(simd128|relaxed-simd|bulk-memory|nontrapping-fptoint|sign-ext|multivalue)$/;

/** Its own libraries alone are 130 MB of addresses. */
const compilerMemory = 2 ** 31;

const remedy = "apt-get install clang lld";

interface Clang {
  readonly command: string;
  readonly version: string;
}

let found: Promise<Clang | { readonly reason: string }> | undefined;

/** A clang that knows the target and has a linker for it, by asking each that is there. */
function findClang(): Promise<Clang | { readonly reason: string }> {
  found ??= (async () => {
    let reason = "clang is not installed";
    for (const command of names) {
      const { code, output } = await runProcess(command, ["--version"]);
      if (code !== 0) continue;
      if (!/\bwasm32\b/.test((await runProcess(command, ["--print-targets"])).output)) {
        reason = `${command} does not compile to WebAssembly`;
        continue;
      }
      // What it would run, without running it: the linker comes last.
      const planned = await runProcess(command, ["--target=wasm32", "-###", "-xc", "/dev/null"]);
      const linker = /^ "([^"]+)"/.exec(planned.output.trimEnd().split("\n").at(-1) ?? "")?.[1];
      if (linker && (await runProcess(linker, ["--version"])).code === 0)
        return { command, version: output.split("\n")[0] ?? "" };
      reason = `${command} finds no wasm-ld`;
    }
    return { reason };
  })();
  return found;
}

/** Whether C and C++ can be compiled to WebAssembly here. */
export async function probeClang(hardware: string, unsafe: boolean): Promise<Probe> {
  const why = await uncontained(unsafe);
  if (why) return why;
  const clang = await findClang();
  if ("reason" in clang)
    return { available: false, reason: `${clang.reason} (C and C++ for wasm)`, remedy };
  return { available: true, hardware, version: `${clang.version} (C and C++)` };
}

/** The version of the compiler; nothing where there is none. */
export async function clangVersion(): Promise<string> {
  const clang = await findClang();
  return "reason" in clang ? "" : clang.version;
}

type Source = "c" | "cpp";

/**
 * The command that makes a module of C or C++ without a library: copies and fills are instructions,
 * whatever else a C library has the kernel brings itself.
 *
 * @throws CandidateCompileError for a flag that is not allowed; ForgeError `ERR_BACKEND_UNAVAILABLE`.
 */
export async function clangCommand(
  { flags = [] }: Candidate,
  language: Source,
): Promise<readonly string[]> {
  const clang = await findClang();
  if ("reason" in clang) throw backendUnavailable("wasm", `${clang.reason}; ${remedy}`);
  return [
    ...[clang.command, "--target=wasm32", "-nostdlib", "-nostdlibinc", "-O3"],
    ...["-msimd128", "-mbulk-memory", "-fno-math-errno"],
    ...(language === "c" ? ["-std=c17"] : ["-std=c++20", "-fno-exceptions", "-fno-rtti"]),
    ...checkFlags(flags, [ofTarget]),
    ...["-Wl,--no-entry", "-Wl,--import-memory", "-Wl,--export=forge_kernel"],
    ...[`-Wl,--initial-memory=${ownPages * pageBytes}`, "-Wl,-z,stack-size=1048576"],
    ...["-Wl,--stack-first", "-o", "kernel.wasm", `kernel.${language}`],
  ];
}

/** Runs that command in the sandbox. @throws CandidateCompileError */
export async function compileClang(
  candidate: Candidate,
  options: {
    readonly language: Source;
    readonly limits: Limits;
    readonly unsafe: boolean;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<{ made: Uint8Array<ArrayBuffer>; log: string }> {
  const { language, limits, unsafe, signal } = options;
  const command = await clangCommand(candidate, language);
  const folder = mkdtempSync(join(cacheFolder("work"), "w-"));
  try {
    const object = join(folder, "made.wasm");
    const log = await compileInSandbox(candidate.source, {
      ...{ command, file: `kernel.${language}`, makes: "kernel.wasm", object },
      limits: { ...limits, memory: Math.max(limits.memory, compilerMemory) },
      ...{ unsafe: await runsBare("wasm", unsafe), signal },
    });
    return { made: new Uint8Array(readFileSync(object)), log };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
