import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeVenv } from "./venv.ts";

const folder = fileURLToPath(new URL("../../../../../.cache/venv-hub", import.meta.url));

/**
 * The programs of a virtual environment with `huggingface_hub` from PyPI, or why there is none. It
 * is made only when `HUB_TEST=1` asks for it, since that needs a network.
 */
export function hubVenv(): { bin: string } | { missing: string } {
  const bin = join(folder, "bin");
  if (existsSync(join(bin, "hf"))) return { bin };
  if (process.env.HUB_TEST !== "1")
    return { missing: "no .cache/venv-hub: HUB_TEST=1 makes it (Python and PyPI)" };
  try {
    return { bin: makeVenv(folder, "huggingface_hub", "pipe") };
  } catch (error) {
    return { missing: `no virtual environment could be made: ${(error as Error).message}` };
  }
}
