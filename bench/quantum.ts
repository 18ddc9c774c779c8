import { readFileSync } from "node:fs";
import { matrix, Rng } from "@daily-kernel/compute";
import { Circuit, gate, QuantumKernel, simulate, ZZFeatureMap } from "@daily-kernel/quantum";
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
import { jsQubits, quantumCircuit } from "./quantum/npm-peers.ts";

export const about =
  "state vectors and quantum kernels: Qiskit Aer, quantum-circuit, jsqubits, NumPy";

/** Layers of Ry and Rz on every qubit and a ladder of CX. */
function layered(qubits: number, layers: number, angles: Float64Array): Circuit {
  const gates = Array.from({ length: layers }, (_, layer) => {
    const at = (q: number, which: 0 | 1) => angles[2 * (layer * qubits + q) + which]!;
    const all = Array.from({ length: qubits }, (_, q) => q);
    return [
      ...all.flatMap((q) => [gate("ry", [q], at(q, 0)), gate("rz", [q], at(q, 1))]),
      ...all.slice(1).map((q) => gate("cx", [q - 1, q])),
    ];
  });
  return new Circuit(qubits, gates.flat());
}

const ours = (circuit: Circuit): Contender => ({
  name: "ours",
  run: async (keep) => {
    const begin = performance.now();
    const { re, im } = simulate(circuit);
    const seconds = (performance.now() - begin) / 1000;
    return keep ? { seconds, result: joined(re, im) } : { seconds };
  },
});

function joined(re: Float64Array, im: Float64Array): Float64Array {
  const out = new Float64Array(2 * re.length);
  out.set(re);
  out.set(im, re.length);
  return out;
}

type Slow = { run(): void; result(): Float64Array };
const slow = (name: string, peer: Slow): Contender => ({
  name,
  run: async (keep) => {
    const begin = performance.now();
    peer.run();
    const seconds = (performance.now() - begin) / 1000;
    return keep ? { seconds, result: peer.result() } : { seconds };
  },
});

/** A row, and how many rounds it gets. */
type Row = Comparison & { rounds: number };

function simulators(python: PythonPeer | undefined): Row[] {
  return [
    { qubits: 16, layers: 1, npm: true, rounds: 1 },
    { qubits: 16, layers: 10, npm: false, rounds: 9 },
    { qubits: 20, layers: 10, npm: false, rounds: 3 },
  ].map(({ qubits, layers, npm, rounds }) => {
    const angles = new Rng(qubits)
      .fillUniform(new Float64Array(2 * qubits * layers))
      .map((u) => 2 * Math.PI * u);
    const name = `angles${qubits}x${layers}`;
    python?.give(name, angles);
    const peers: Contender[] = [];
    if (python) {
      const request = { op: "layered", qubits, layers, angles: name };
      peers.push({ name: "Qiskit Aer", run: (keep) => python.ask({ ...request, keep }) });
    }
    if (npm) {
      peers.push(slow("quantum-circuit", quantumCircuit(qubits, layers, angles)));
      peers.push(slow("jsqubits", jsQubits(qubits, layers, angles)));
    }
    const circuit = layered(qubits, layers, angles);
    return {
      operation: `${qubits} qubits, ${circuit.gates.length} gates`,
      floor: `${((16 * 2 ** qubits) / 1e6).toPrecision(3)} MB written`,
      ours: ours(circuit),
      peers,
      tolerance: 1e-12,
      rounds,
    };
  });
}

function kernels(python: PythonPeer | undefined): Row[] {
  return [
    { qubits: 5, points: 100, rounds: 9 },
    { qubits: 12, points: 200, rounds: 3 },
  ].map(({ qubits, points, rounds }) => {
    const draws = new Rng(qubits).fillUniform(new Float64Array(points * qubits));
    const x = matrix(
      points,
      qubits,
      draws.map((u) => 2 * Math.PI * u),
    );
    python?.give(`x${qubits}`, x.data);
    const kernel = new QuantumKernel(new ZZFeatureMap({ qubits }));
    const request = { op: "kernel", qubits, x: `x${qubits}` };
    const peers: Contender[] = python
      ? [{ name: "NumPy", run: (keep) => python.ask({ ...request, keep }) }]
      : [];
    return {
      operation: `ZZ kernel, ${points} points, ${qubits} qubits`,
      floor: `${((4 * points ** 2 * 2 ** qubits) / 1e9).toPrecision(2)} GFLOP`,
      ours: local("ours", () => kernel.gram(x, x).data),
      peers,
      tolerance: 1e-11,
      rounds,
    };
  });
}

/** Prints the table; one thread each. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy", "threadpoolctl", "qiskit", "qiskit-aer"]);
  const script = readFileSync(new URL("./quantum/peers.py", import.meta.url), "utf8");
  const python = "missing" in venv ? undefined : new PythonPeer(venv.python, script);
  const results: Result[] = [];
  try {
    for (const { rounds, ...comparison } of [...simulators(python), ...kernels(python)]) {
      process.stderr.write(`${comparison.operation}\n`);
      results.push(...(await sideBySide(comparison, rounds)));
    }
  } finally {
    await python?.close();
  }
  if ("missing" in venv) results.push(notAvailable("all", "Qiskit Aer and NumPy", venv.missing));
  printTable(results);
}
