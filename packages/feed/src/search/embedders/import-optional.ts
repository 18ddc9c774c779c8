import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unsupportedError } from "@daily-kernel/compute";

/**
 * A module that whoever wants it installs: looked for beside this package, then in the folder that
 * the process was started in. `T` is the part of it that the caller relies on.
 * @throws Error `ERR_UNSUPPORTED` that says what to install.
 */
export async function importOptional<T>(name: string, instead: string): Promise<T> {
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), "package.json")).href]) {
    let path: string;
    try {
      path = createRequire(from).resolve(name);
    } catch {
      continue;
    }
    return (await import(pathToFileURL(path).href)) as T;
  }
  throw unsupportedError(
    `openEmbedder: ${name} is not installed; npm install ${name}, or ${instead}`,
  );
}
