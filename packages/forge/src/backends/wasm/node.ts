import { readFileSync } from "node:fs";
import type { Backend, Limits, Probe } from "../../session/backend.ts";
import type { NativeOptions } from "../native/native-backend.ts";
import { processGuest } from "../remote/process-guest.ts";
import { remoteBackend } from "../remote/remote-backend.ts";
import { clangCommand, clangVersion, compileClang, probeClang } from "./clang.ts";
import { assemblyScriptArguments } from "./compile-assembly-script.ts";
import { moduleStore } from "./module-store.ts";

export interface WasmOptions extends NativeOptions {
  /** AssemblyScript unless told. */
  readonly language?: "assemblyscript" | "c" | "cpp";
}

const spawn = async (limits: Limits) =>
  processGuest(new URL("./child.ts", import.meta.url), {}, limits);

const hardware = `WebAssembly of ${process.release.name} ${process.version}`;

/** Of the installed compiler, without loading its megabytes. @throws Error where there is none. */
function assemblyScriptVersion(): string {
  const manifest = new URL(import.meta.resolve("assemblyscript/package.json"));
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return `AssemblyScript ${version}`;
}

async function probeAssemblyScript(): Promise<Probe> {
  try {
    return { available: true, hardware, version: assemblyScriptVersion() };
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0]!;
    return { available: false, reason, remedy: "npm install assemblyscript" };
  }
}

/**
 * AssemblyScript, or C and C++ by clang, compiled to WebAssembly, each candidate in a process of its
 * own with an empty environment. The module imports its memory and nothing else, so it reaches no
 * file and no clock; what was compiled once is in the user's cache.
 */
export function wasmBackend({
  language = "assemblyscript",
  unsafe = false,
}: WasmOptions = {}): Backend {
  const id = "wasm";
  const store = moduleStore;
  if (language === "assemblyscript")
    return {
      id,
      language,
      probe: probeAssemblyScript,
      ...remoteBackend(id, spawn, {
        store,
        recipe: async ({ flags }) =>
          [assemblyScriptVersion(), ...assemblyScriptArguments(flags)].join(" "),
      }),
    };
  return {
    id,
    language,
    probe: () => probeClang(hardware, unsafe),
    ...remoteBackend(id, spawn, {
      store,
      recipe: async (candidate) =>
        [await clangVersion(), ...(await clangCommand(candidate, language))].join(" "),
      compile: (candidate, within) => compileClang(candidate, { language, unsafe, ...within }),
    }),
  };
}
