import { readFileSync } from "node:fs";
import { PythonPeer } from "../peers/python-peer.ts";
import { ensureVenv } from "../peers/venv.ts";
import type { Peers } from "./rows.ts";

/** QMCPy and its engine are those that the figures in the README are about. */
const QMCPY = ["numpy", "scipy", "threadpoolctl", "qmcpy==2.4", "qmctoolscl==1.2.4"];

export interface Started extends Peers {
  missing: { peer: string; why: string }[];
  close(): Promise<void>;
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

/** Starts QMCPy with SciPy, and PyTorch where it is asked for: it is gigabytes to install. */
export function startPeers(): Started {
  const missing: Started["missing"] = [];
  const start = (peer: string, packages: readonly string[], file: string) => {
    const venv = ensureVenv(packages);
    if (!("missing" in venv)) return new PythonPeer(venv.python, script(file));
    missing.push({ peer, why: venv.missing });
    return undefined;
  };
  const qmcpy = start("QMCPy and SciPy", QMCPY, "qmcpy.py");
  let torch: PythonPeer | undefined;
  if (process.env.BENCH_TORCH) torch = start("PyTorch", ["numpy", "torch"], "torch.py");
  else missing.push({ peer: "PyTorch", why: "set BENCH_TORCH=1 to install it" });
  return {
    qmcpy,
    torch,
    missing,
    close: async () => {
      for (const peer of [qmcpy, torch]) await peer?.close();
    },
  };
}

/** The words of 64-bit integers, as a peer's `load(name, "uint64")` reads them. */
export function words(...rows: readonly BigUint64Array[]): Float64Array {
  const all = new BigUint64Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return new Float64Array(all.buffer);
}
