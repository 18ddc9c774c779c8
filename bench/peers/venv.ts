import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../.cache/venv", import.meta.url));
const windows = process.platform === "win32";
const python = join(folder, ...(windows ? ["Scripts", "python.exe"] : ["bin", "python"]));

/** The interpreter of the benchmarks' own virtual environment, or why there is none. */
export type Venv = { python: string } | { missing: string };

/**
 * A Python with the newest releases of `packages` under `.cache/venv`, which is created on first
 * use; peers are shown as not available where that fails.
 */
export function ensureVenv(packages: readonly string[]): Venv {
  const done = join(folder, "installed.json");
  const installed: string[] = existsSync(done) ? JSON.parse(readFileSync(done, "utf8")) : [];
  const wanted = packages.filter((name) => !installed.includes(name));
  if (wanted.length === 0) return { python };
  try {
    if (!existsSync(python)) {
      mkdirSync(dirname(folder), { recursive: true });
      execFileSync(windows ? "python" : "python3", ["-m", "venv", folder], { stdio: "pipe" });
    }
    process.stderr.write(`Installing ${wanted.join(", ")} into .cache/venv\n`);
    const flags = ["install", "--quiet", "--disable-pip-version-check", "--upgrade"];
    execFileSync(python, ["-m", "pip", ...flags, ...wanted], { stdio: "pipe" });
  } catch (error) {
    return { missing: reason(error) };
  }
  writeFileSync(done, JSON.stringify([...installed, ...wanted]));
  return { python };
}

function reason(error: unknown): string {
  const { code, stderr } = error as { code?: string; stderr?: Buffer };
  if (code === "ENOENT") return "python3 is not installed";
  const last = stderr?.toString().trim().split("\n").at(-1);
  return last ? last.slice(0, 100) : String(error);
}
