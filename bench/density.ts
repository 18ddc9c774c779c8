import { readFileSync } from "node:fs";
import { matmul, matrix, matrixF32, Rng } from "@daily-kernel/compute";
import { GaussianKde } from "@daily-kernel/density";
import { PythonPeer } from "./peers/python-peer.ts";
import {
  type Comparison,
  type Contender,
  local,
  notAvailable,
  type Result,
  sideBySide,
} from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "kernel density estimates: scikit-learn's trees and SciPy";

const [n, q, d] = [Number(process.env.BENCH_POINTS ?? 20_000), 1000, 20];
/** At and above the freezing bandwidth of standard normal data of this size. */
const bandwidths = [0.65, 1];

/** Prints the table: one thread each, the log densities of all queries. */
export async function run(): Promise<void> {
  const rng = new Rng(1);
  const normals = (rows: number) => matrix(rows, d, rng.fillNormal(new Float64Array(rows * d)));
  const [data, queries] = [normals(n), normals(q)];
  const venv = ensureVenv(["numpy", "scipy", "scikit-learn", "threadpoolctl"]);
  const script = new URL("./density/sklearn.py", import.meta.url);
  const peer =
    "missing" in venv ? undefined : new PythonPeer(venv.python, readFileSync(script, "utf8"));
  const results: Result[] = [];
  try {
    let version = "";
    if (peer) {
      peer.give("data", data.data);
      peer.give("queries", queries.data);
      const { result } = await peer.ask({ op: "version", keep: true });
      version = Array.from(result ?? []).join(".");
    }
    for (const h of bandwidths) {
      process.stderr.write(`bandwidth ${h}\n`);
      const native = (name: string, request: Record<string, string>): Contender[] =>
        peer ? [{ name, run: (keep) => peer.ask({ ...request, h, d, keep }) as never }] : [];
      // What fitting does, the peers' and ours, is outside of the clock.
      const kde = new GaussianKde({ data, bandwidth: h });
      const comparison: Comparison = {
        operation: `log density, n = ${n}, q = ${q}, d = ${d}, h = ${h}`,
        floor: `${((2 * n * q * d) / 1e9).toPrecision(2)} GFLOP and ${(n * q) / 1e6} M exp`,
        ours: local("ours", () => kde.logDensity(queries)),
        peers: [
          ...native(`scikit-learn ${version}, kd tree`, { op: "tree", tree: "kd_tree" }),
          ...native(`scikit-learn ${version}, ball tree`, { op: "tree", tree: "ball_tree" }),
          ...native("SciPy, cdist and logsumexp", { op: "brute" }),
        ],
        tolerance: 1e-10,
      };
      results.push(...(await sideBySide(comparison, 3)));
    }
    const [a, b] = [data, queries].map(({ data: numbers, rows }) =>
      matrixF32(rows, d, Float32Array.from(numbers)),
    );
    const kde = new GaussianKde({ data, bandwidth: 0.65 });
    const rates: Comparison = {
      operation: "log density, h = 0.65, beside the product alone",
      floor: "",
      rate: { amount: (2 * n * q * d) / 1e9, unit: "GFLOP/s of distances" },
      ours: local("ours", () => kde.logDensity(queries)),
      peers: [
        local("our f32 matmul", () => matmul(a!, b!, { transposeB: true }).data),
        local("our f64 matmul", () => matmul(data, queries, { transposeB: true }).data),
      ],
      tolerance: 0,
      unlike: ["our f32 matmul", "our f64 matmul"],
    };
    results.push(...(await sideBySide(rates, 3)));
  } finally {
    await peer?.close();
  }
  if ("missing" in venv) results.push(notAvailable("log density", "scikit-learn", venv.missing));
  printTable(results);
}
