import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cacheFolder, hashOf } from "../backends/native/cache.ts";
import { wasmBackend } from "../backends/wasm/node.ts";
import { measureWasmRoofs } from "../backends/wasm/wasm-roofs.ts";
import { measureWgslRoofs } from "../backends/wgsl/wgsl-roofs.ts";
import type { Backend } from "../session/backend.ts";
import { measureRoofs } from "./measure-roofs.ts";
import { higherRoofs, type Roofs } from "./roofs.ts";

interface Options {
  /** Measures even if there is a measurement, and keeps the higher numbers. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** The roofs of this machine for a back end: measured once, then read from the user's cache. */
export async function machineRoofs(
  backend: Backend,
  { again = false, ...options }: Options = {},
): Promise<Roofs> {
  const probe = await backend.probe();
  const machine = probe.available ? `${probe.hardware} ${probe.version}` : backend.id;
  const file = join(cacheFolder("roofs"), `${hashOf(backend.id, machine)}.json`);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Roofs) : null;
  if (known && !again) return known;
  const seen = await (backend.id === "wgsl"
    ? measureWgslRoofs(backend, options)
    : backend.id === "wasm"
      ? measureWasmRoofs(wasmBackend(), options) // of the engine, whatever the kernel's language
      : measureRoofs(backend, { cores: availableParallelism(), ...options }));
  const roofs = known ? higherRoofs(known, seen) : seen;
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(roofs));
  renameSync(`${file}.${process.pid}`, file);
  return roofs;
}
