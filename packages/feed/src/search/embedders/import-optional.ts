import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unsupportedError } from "@daily-kernel/compute";

/**
 * A module that whoever wants it installs: looked for from the folder given, then beside this
 * package. `T` is the part of it that the caller relies on.
 * @throws Error `ERR_UNSUPPORTED` that says what to install.
 */
export async function importOptional<T>(name: string, folder: string): Promise<T> {
  for (const from of [pathToFileURL(join(folder, "package.json")).href, import.meta.url]) {
    let path: string;
    try {
      path = createRequire(from).resolve(name);
    } catch {
      continue;
    }
    return (await import(pathToFileURL(path).href)) as T;
  }
  throw unsupportedError(
    `openEmbedder: ${name} is not installed in ${folder}; npm install ${name}, or choose "lsa"`,
  );
}
