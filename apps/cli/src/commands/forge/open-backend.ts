import type { Backend, Language } from "@daily-kernel/forge";
import { Option } from "commander";
import { UsageError } from "../../exit.ts";
import { loadForgeNode, orUsage } from "./load.ts";

/** Options of all commands that run kernels. */
export interface BackendFlags {
  readonly device?: "software" | "hardware";
  readonly unsafe?: boolean;
}

/** A new one each time: a command keeps its own. */
export const deviceOption = () =>
  new Option(
    "--device <kind>",
    "where WGSL runs: on an adapter in software, the same everywhere, or on this machine's GPU",
  ).choices(["software", "hardware"]);

const languages: readonly (readonly [RegExp, Language])[] = [
  [/\.c$/, "c"],
  [/\.(cc|cpp|cxx)$/, "cpp"],
];

/**
 * The back end of that id, if it runs here; of `wasm` the one for the language of the file.
 *
 * @throws UsageError with what is missing and how to get it.
 */
export async function openBackend(
  id: string,
  { device, unsafe = false }: BackendFlags,
  file = "",
): Promise<Backend> {
  const { backendById } = await loadForgeNode();
  if (device !== undefined && id !== "wgsl")
    throw new UsageError(`--device is for wgsl, ${id} runs on this machine's processor`);
  const language = languages.find(([pattern]) => id === "wasm" && pattern.test(file))?.[1];
  const backend = await orUsage(() =>
    backendById(id, { unsafe, ...(device && { device }), ...(language && { language }) }),
  );
  const probe = await backend.probe();
  if (!probe.available)
    throw new UsageError(
      `${id} is not available here: ${probe.reason}${probe.remedy ? `; ${probe.remedy}` : ""}`,
    );
  return backend;
}
