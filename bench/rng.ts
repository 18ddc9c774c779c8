import { Rng } from "@daily-kernel/compute";
import { PythonPeer } from "./peers/python-peer.ts";
import {
  type Contender,
  local,
  notAvailable,
  type Result,
  sideBySide,
} from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "random numbers by the million: NumPy's Philox and Math.random";

const N = 1_000_000;

/** NumPy fills an array that it has, as ours does; its Philox has 64-bit words. */
const SCRIPT = `
rng = np.random.Generator(np.random.Philox(1))
out = np.empty(${N})
fill = {
  "uniform": lambda: rng.random(out=out),
  "normal": lambda: rng.standard_normal(out=out),
  "exponential": lambda: rng.standard_exponential(out=out, method="inv"),
}
serve({name: (lambda request, work=work: work) for name, work in fill.items()})
`;

/** Prints the table. The streams differ by design, so there are no answers to compare. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy"]);
  const numpy = "missing" in venv ? undefined : new PythonPeer(venv.python, SCRIPT);
  const rng = new Rng(1);
  const out = new Float64Array(N);
  const mathRandom = local("Math.random", () => {
    for (let i = 0; i < N; i++) out[i] = Math.random();
    return out;
  });
  const rows = [
    { op: "uniform", name: "Rng.fillUniform", work: () => rng.fillUniform(out) },
    { op: "normal", name: "Rng.fillNormal", work: () => rng.fillNormal(out) },
    { op: "exponential", name: "Rng.fillExponential", work: () => rng.fillExponential(out) },
  ];
  const results: Result[] = [];
  try {
    for (const { op, name, work } of rows) {
      const peers: Contender[] = op === "uniform" ? [mathRandom] : [];
      if (numpy) peers.push({ name: "NumPy Philox", run: (keep) => numpy.ask({ op, keep }) });
      const comparison = {
        operation: `${name}, ${N} doubles`,
        floor: "8 MB written",
        rate: { amount: N / 1e6, unit: "M/s" },
        ours: local("ours", work),
        peers,
        tolerance: 0,
        unlike: peers.map((peer) => peer.name),
      };
      results.push(...(await sideBySide(comparison)));
    }
  } finally {
    await numpy?.close();
  }
  if ("missing" in venv) results.push(notAvailable("Rng", "NumPy", venv.missing));
  printTable(results);
}
