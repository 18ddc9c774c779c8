import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KernelTensor, Task } from "@daily-kernel/forge";

/** A task with the sizes and the numbers at which it is compared. */
export interface Case {
  readonly task: Task;
  readonly dims: readonly number[];
  readonly inputs: readonly KernelTensor[];
}

/** What torch gave for one task, or why it gave nothing. */
export interface Answer {
  readonly id: string;
  readonly missing?: string;
  readonly outputs?: readonly { readonly shape: readonly number[]; readonly value: Float64Array }[];
}

/** One run of torch over all cases; inputs and results go through files of a temporary folder. */
export function askTorch(
  python: string,
  cases: readonly Case[],
): { torch: string; answers: Answer[] } {
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-forge-torch-"));
  try {
    const parts: Uint8Array[] = [];
    let offset = 0;
    const manifest = cases.map(({ task, dims, inputs }) => {
      const specs = task.inputs(dims);
      return {
        id: task.id,
        weights: task.weights(dims).map((i) => specs[i]?.name),
        outputs: task.outputs(dims).map(({ shape }) => shape),
        inputs: inputs.map(({ data, dtype, shape }, i) => {
          const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
          const entry = { name: specs[i]?.name, dtype, shape, offset };
          parts.push(bytes);
          offset += bytes.length;
          return entry;
        }),
      };
    });
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "inputs"), Buffer.concat(parts));
    const script = fileURLToPath(new URL("compare.py", import.meta.url));
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
    execFileSync(python, [script, folder], { stdio: ["ignore", "inherit", "inherit"], env });
    const read = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8")) as {
      torch: string;
      answers: { id: string; missing?: string; outputs?: { shape: number[]; offset: number }[] }[];
    };
    const { buffer, byteOffset } = readFileSync(join(folder, "results"));
    const answers = read.answers.map(({ id, missing, outputs }): Answer => {
      if (missing !== undefined || outputs === undefined) return { id, missing: missing ?? "" };
      return {
        id,
        outputs: outputs.map(({ shape, offset: at }) => {
          const size = shape.reduce((a, b) => a * b, 1);
          const from = byteOffset + at;
          return { shape, value: new Float64Array(buffer.slice(from, from + 8 * size)) };
        }),
      };
    });
    return { torch: read.torch, answers };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
