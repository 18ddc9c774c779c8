import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Makes a virtual environment with a package from PyPI, and answers with its folder of programs. */
export function makeVenv(folder: string, name: string, stdio: "inherit" | "pipe"): string {
  const bin = join(folder, "bin");
  execFileSync("python3", ["-m", "venv", folder], { stdio });
  const flags = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  execFileSync(join(bin, "python"), [...flags, name], { stdio });
  return bin;
}
