import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Rng } from "@daily-kernel/compute";
import { type Backend, defaultLimits, type Task, tasks, zeros } from "@daily-kernel/forge";
import { backendById } from "@daily-kernel/forge/node";
import { kernel, kernelTasks } from "@daily-kernel/papers/multikernelbench/kernels/index";
import { PythonPeer } from "./peers/python-peer.ts";
import { type Contender, notAvailable, type Result, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about =
  "the twenty hand-written C++ kernels with OpenMP beside PyTorch eager, two threads";

const ELEMENTS = 1 << 20;
const THREADS = 2;

interface Timed {
  readonly contender: Contender;
  readonly close: () => Promise<unknown>;
}

/** Our kernel in the judge's process, on inputs that were drawn before. */
async function ours(
  backend: Backend,
  task: Task,
  inputs: ReturnType<Task["draw"]>,
): Promise<Timed> {
  const dims = task.scaled(ELEMENTS);
  const limits = defaultLimits;
  const flags = ["-fopenmp"];
  const artifact = await backend.compile({ ...kernel(task, "openmp"), flags }, { limits });
  const session = await backend.open(artifact, { limits, threads: THREADS });
  const outputs = task.outputs(dims);
  const request = { inputs, dims, outputs, poison: outputs.map(zeros), slot: 0, timed: 3 };
  return {
    contender: {
      name: "C++ with OpenMP",
      run: async (keep) => {
        const result = await session.call(request);
        const seconds = Math.min(...result.ns) / 1e9;
        return { seconds, ...(keep && { result: result.outputs[0]!.data }) };
      },
    },
    close: () => session.close(),
  };
}

/** PyTorch on the same inputs. */
function torch(peer: PythonPeer, task: Task, inputs: ReturnType<Task["draw"]>): Contender {
  const dims = task.scaled(ELEMENTS);
  const names = task.inputs(dims).map(({ name }) => name);
  const files = names.map((name) => `${task.id.replace("/", "-")}-${name}`);
  inputs.forEach(({ data }, i) => {
    peer.give(files[i]!, data);
  });
  const request = {
    op: "compute",
    task: task.id,
    kinds: inputs.map(({ dtype }) => dtype),
    ranks: inputs.map(({ shape }) => shape.length),
    sizes: inputs.flatMap(({ shape }) => shape),
    output: task.outputs(dims)[0]!.shape,
    ...{ names, files },
  };
  return { name: "PyTorch", run: (keep) => peer.ask({ ...request, keep }) };
}

/** The floor of a task: what must be read, written and computed. */
const floorOf = (task: Task) => {
  const dims = task.scaled(ELEMENTS);
  const [bytes, flops] = [task.bytes(dims) / 1e6, task.flops(dims) / 1e6];
  return `${bytes.toPrecision(3)} MB, ${flops.toPrecision(3)} MFLOP`;
};

export async function run(): Promise<void> {
  const backend = backendById("openmp");
  const probe = await backend.probe();
  if (!probe.available) throw new Error(`OpenMP is not available: ${probe.reason}`);
  const venv = ensureVenv(["numpy", "torch"]);
  const folder = fileURLToPath(new URL("forge/torch", import.meta.url));
  const script = readFileSync(new URL("forge/torch/eager.py", import.meta.url), "utf8");
  const path = `import sys\nsys.path.insert(0, ${JSON.stringify(folder)})\n`;
  const peer = "missing" in venv ? undefined : new PythonPeer(venv.python, path + script);
  const rows: Result[] = [];
  for (const id of kernelTasks) {
    const task = tasks.get(id);
    const inputs = task.draw(task.scaled(ELEMENTS), task.families[0]!, new Rng(1, id));
    if (peer === undefined) {
      rows.push(notAvailable(id, "PyTorch", "missing" in venv ? venv.missing : ""));
      continue;
    }
    const mine = await ours(backend, task, inputs);
    const comparison = { operation: id, floor: floorOf(task), tolerance: 1e-5 };
    const peers = [torch(peer, task, inputs)];
    rows.push(...(await sideBySide({ ...comparison, ours: mine.contender, peers })));
    await mine.close();
  }
  await peer?.close();
  printTable(rows);
}
