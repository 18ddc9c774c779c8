import { Rng } from "@daily-kernel/compute";
import { exportOnnx, generateVariants, shippedCostModel } from "@daily-kernel/forge/cost-model";
import { groundTruth, missingLlvmTools } from "@daily-kernel/forge/node";
import { onnxRuntime } from "./depthwise/onnx.ts";
import { onnxModel } from "./forge-cost/onnx.ts";
import { torchModel } from "./forge-cost/torch.ts";
import {
  type Comparison,
  local,
  notAvailable,
  type Result,
  sideBySide,
} from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";

export const about =
  "the MLIR cost model: PyTorch and ONNX Runtime on the same network, LLVM's tools";

const LENGTH = 256;
const BATCH = 64;

export async function run(): Promise<void> {
  const model = await shippedCostModel();
  const rng = new Rng(1);
  const tokens = model.header.vocabulary.tokens.length;
  const inputs = Array.from({ length: BATCH }, () => ({
    ids: Int32Array.from({ length: LENGTH }, () => 2 + rng.integer(tokens - 2)),
    counts: rng.fillUniform(new Float32Array(model.countedFeatures)),
  }));
  const results: Result[] = [];
  const w = model.members[0]!;
  const channels = w.conv2!.shape[1]!;
  const taps = w.conv1!.shape[1]! / channels;
  const rows = [LENGTH / 4, LENGTH / 8, LENGTH / 8].reduce((a, b) => a + b);
  const convolutions = 2 * rows * 3 * channels ** 2 + LENGTH * taps * channels;
  const dense = [1, 2, 3].reduce((sum, k) => sum + 2 * w[`dense${k}`]!.data.length, 0);
  const mflop = (model.members.length * (convolutions + dense)) / 1e6;
  const operation = `network, ${BATCH} functions of ${LENGTH} tokens`;
  const onnx = onnxRuntime();
  const torch = torchModel(model, inputs);
  const peers = [];
  if ("missing" in onnx) results.push(notAvailable(operation, "onnxruntime", onnx.missing));
  else
    peers.push(
      await onnxModel(onnx, exportOnnx(model, { length: LENGTH + 8 }), inputs, LENGTH + 8),
    );
  if ("missing" in torch) results.push(notAvailable(operation, "PyTorch", torch.missing));
  else peers.push(torch.contender);
  const network: Comparison = {
    operation,
    floor: `${(BATCH * mflop).toFixed(0)} MFLOP`,
    rate: { amount: BATCH, unit: "predictions/s" },
    tolerance: 1e-3,
    ours: local("ours", () => model.forward(inputs)),
    peers,
  };
  results.push(...(await sideBySide(network)));
  if (!("missing" in torch)) await torch.close();

  const [variants] = generateVariants({ kernels: 1, variants: 8, seed: 7 });
  const texts = variants!.map(({ text }) => text);
  const lowering = "from text: 8 schedules of a kernel";
  const missing = missingLlvmTools().map(({ remedy }) => remedy);
  if (missing.length > 0) results.push(notAvailable(lowering, "LLVM 15", missing.join("; ")));
  else {
    const module = texts.map((text, k) => text.replace("@kernel(", `@kernel_${k}(`)).join("\n");
    results.push(
      ...(await sideBySide(
        {
          operation: lowering,
          floor: "",
          rate: { amount: 8, unit: "functions/s" },
          tolerance: 0,
          ours: local("ours", () => model.predict(texts)),
          peers: [local("LLVM 15", () => groundTruth(module, { cache: false }))],
          unlike: ["LLVM 15"],
        },
        3,
      )),
    );
  }
  printTable(results);
}
