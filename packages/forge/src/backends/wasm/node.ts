import type { Backend } from "../../session/backend.ts";
import { processGuest } from "../remote/process-guest.ts";
import { remoteBackend } from "../remote/remote-backend.ts";

/**
 * AssemblyScript compiled to WebAssembly, each candidate in a process of its own with an empty
 * environment. The module imports its memory and nothing else, so it reaches no file and no clock.
 */
export function wasmBackend(): Backend {
  return {
    id: "wasm",
    language: "assemblyscript",
    async probe() {
      try {
        const { version } = (await import("assemblyscript/asc")).default;
        const hardware = `WebAssembly of ${process.release.name} ${process.version}`;
        return { available: true, hardware, version: `AssemblyScript ${version}` };
      } catch (error) {
        const reason = (error as Error).message.split("\n")[0]!;
        return { available: false, reason, remedy: "npm install assemblyscript" };
      }
    },
    ...remoteBackend("wasm", async (limits) =>
      processGuest(new URL("./child.ts", import.meta.url), {}, limits),
    ),
  };
}
