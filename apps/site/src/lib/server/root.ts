import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `papers` and `packages`, found upwards from the running server. */
export const root: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "papers")) || !existsSync(join(folder, "packages"))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error("the site has to run inside the Daily Kernel repository");
    folder = parent;
  }
  return folder;
})();
