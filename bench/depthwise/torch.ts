import { readFileSync } from "node:fs";
import type { Tensor } from "@daily-kernel/nn";
import { PythonPeer } from "../peers/python-peer.ts";
import type { Contender } from "../peers/side-by-side.ts";
import { ensureVenv } from "../peers/venv.ts";

export interface TorchPeer {
  /** `depthwiseConv2d.forward(x, w)` by PyTorch on one thread, `times` times. */
  depthwise(x: Tensor, w: Tensor, times: number): Contender;
  close(): Promise<void>;
}

/** PyTorch, only where asked for: it is gigabytes to install. */
export function startTorch(): TorchPeer | { missing: string } {
  if (!process.env.BENCH_TORCH) return { missing: "set BENCH_TORCH=1 to install it" };
  const venv = ensureVenv(["numpy", "torch"]);
  if ("missing" in venv) return venv;
  const script = readFileSync(new URL("./torch.py", import.meta.url), "utf8");
  const peer = new PythonPeer(venv.python, script);
  return {
    depthwise(x, w, times) {
      const [xName, wName] = [`x${x.shape.join("-")}`, `w${w.shape.join("-")}`];
      peer.give(xName, x.data);
      peer.give(wName, w.data);
      const request = { op: "depthwise", x: xName, xShape: x.shape, w: wName, wShape: w.shape };
      return { name: "PyTorch", run: (keep) => peer.ask({ ...request, times, keep }) };
    },
    close: () => peer.close(),
  };
}
