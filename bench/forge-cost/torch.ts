import { readFileSync } from "node:fs";
import type { CostModel } from "@daily-kernel/forge/cost-model";
import { PythonPeer } from "../peers/python-peer.ts";
import type { Contender } from "../peers/side-by-side.ts";
import { ensureVenv } from "../peers/venv.ts";

type Input = { ids: Int32Array; counts: Float32Array };

/** The same network in PyTorch on one thread, only where asked for: it is gigabytes to install. */
export function torchModel(
  model: CostModel,
  inputs: readonly Input[],
): { contender: Contender; close(): Promise<void> } | { missing: string } {
  if (!process.env.BENCH_TORCH) return { missing: "set BENCH_TORCH=1 to install it" };
  const venv = ensureVenv(["numpy", "torch"]);
  if ("missing" in venv) return venv;
  const script = readFileSync(new URL("./torch.py", import.meta.url), "utf8");
  const peer = new PythonPeer(venv.python, script);
  peer.give("ids", Float32Array.from(inputs.flatMap(({ ids }) => [...ids])));
  peer.give("counts", Float32Array.from(inputs.flatMap(({ counts }) => [...counts])));
  peer.give("weights", model.save().weights);
  const { shapes, members } = model.header;
  const request = {
    op: "predict",
    shapes: JSON.stringify(shapes),
    members,
    batch: inputs.length,
    length: inputs[0]!.ids.length,
  };
  return {
    contender: { name: "PyTorch", run: (keep) => peer.ask({ ...request, keep }) },
    close: () => peer.close(),
  };
}
