import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./root.ts";
import { firstExample } from "./snippet.ts";

/** The example of a library's README, `null` where the library does not exist yet. */
export async function libraryExample(library: string): Promise<string | null> {
  try {
    return firstExample(await readFile(join(root, "packages", library, "README.md"), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
