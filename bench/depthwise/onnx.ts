import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tensor } from "@daily-kernel/nn";
import type { Contender } from "../peers/side-by-side.ts";
import { depthwiseModel } from "./onnx-model.ts";

interface OnnxTensor {
  data: Float32Array;
}

/** What this benchmark uses of `onnxruntime-node`. */
interface OnnxRuntime {
  Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => OnnxTensor;
  InferenceSession: {
    create(
      model: Uint8Array,
      options: Record<string, unknown>,
    ): Promise<{ run(inputs: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>> }>;
  };
}

/**
 * The newest onnxruntime-node, installed into `.cache/` on first use, or why there is none. Its
 * install script would download what the CPU does not need: the CPU binary is in the package.
 */
export function onnxRuntime(): OnnxRuntime | { missing: string } {
  const folder = fileURLToPath(new URL("../../.cache/onnxruntime", import.meta.url));
  try {
    if (!existsSync(join(folder, "node_modules", "onnxruntime-node", "package.json"))) {
      process.stderr.write("Installing onnxruntime-node into .cache/onnxruntime\n");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
      const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
      execFileSync("npm", ["install", ...flags, "onnxruntime-node"], { cwd: folder });
    }
    return createRequire(join(folder, "package.json"))("onnxruntime-node") as OnnxRuntime;
  } catch (error) {
    return { missing: String(error).split("\n")[0]!.slice(0, 100) };
  }
}

/** `depthwiseConv2d.forward(x, w)` by ONNX Runtime's CPU provider on one thread, `times` times. */
export async function onnxDepthwise(
  { InferenceSession, Tensor }: OnnxRuntime,
  x: Tensor,
  w: Tensor,
  times: number,
): Promise<Contender> {
  const session = await InferenceSession.create(depthwiseModel(x.shape, w.data, w.shape[3]!), {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const input = new Tensor("float32", x.data, x.shape);
  return {
    name: "onnxruntime",
    run: async () => {
      const begin = performance.now();
      let result: Float32Array | undefined;
      for (let i = 0; i < times; i++) result = (await session.run({ x: input })).y!.data;
      return { seconds: (performance.now() - begin) / 1000, result: result! };
    },
  };
}
