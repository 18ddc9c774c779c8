/**
 * Measures the table of the miniature: every schedule on every task, verified and timed through the
 * C++ back end of the forge. `node papers/concur/scripts/measure-table.ts` writes `table.ts`; what was
 * measured is kept under `.cache/concur`, so that it goes on where it was stopped. Ten to twenty
 * minutes on two cores.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Rng } from "@daily-kernel/compute";
import type { Expected, KernelTensor, Session, Task } from "@daily-kernel/forge";
import { cpp } from "@daily-kernel/forge/node";
import { allOf } from "../kernels.ts";
import { packTable } from "../pack-table.ts";
import { drawTasks, idOf, type Kind, kinds, numberOf, schedules, type ToyTask } from "../space.ts";
import { toyTasks } from "../toy-tasks.ts";

const VERSION = 1;
const [TRAINING, UNSEEN, ROUNDS, COPIES] = [200, 15, 2, 4];
const limits = { callTimeout: 10_000, compileTimeout: 120_000, memory: 2 ** 30, processes: 4 };
const folder = fileURLToPath(new URL("../../../.cache/concur/", import.meta.url));
const log = `${folder}measured-${VERSION}.jsonl`;

const backend = cpp();
const here = await backend.probe();
if (!here.available) throw new Error(`${here.reason}; ${here.remedy ?? ""}`);
const all = drawTasks(TRAINING + UNSEEN, new Rng(2025, "concur tasks"));
const part = (from: number, to: number) =>
  kinds.flatMap((_, k) => all.slice(k * (TRAINING + UNSEEN) + from, k * (TRAINING + UNSEEN) + to));
const training = part(0, TRAINING);
const unseen = part(TRAINING, TRAINING + UNSEEN);

type Row = { id: string; ns: number[]; correct: number[] };
mkdirSync(folder, { recursive: true });
const rows = new Map<string, Row>();
if (existsSync(log)) {
  for (const line of readFileSync(log, "utf8").trim().split("\n")) {
    const row = JSON.parse(line) as Row;
    rows.set(row.id, row);
  }
}

const sessions = new Map<Kind, Session>();
async function sessionOf(kind: Kind): Promise<Session> {
  const open = sessions.get(kind);
  if (open) return open;
  const artifact = await backend.compile({ source: allOf(kind) }, { limits });
  const session = await backend.open(artifact, { limits, threads: 1 });
  sessions.set(kind, session);
  return session;
}

const within = (result: Awaited<ReturnType<Session["call"]>>, expected: readonly Expected[]) =>
  result.status === 0 &&
  result.sameOutputs &&
  result.settled &&
  result.inputsIntact &&
  result.guardsIntact &&
  expected.every(({ value, bound }, o) =>
    value.every((v, i) => Math.abs(v - Number(result.outputs[o]!.data[i])) <= bound[i]!),
  );

async function measure({ kind, dims }: ToyTask, task: Task): Promise<Omit<Row, "id">> {
  const rng = new Rng(2025, `inputs ${kind} ${dims.join(" ")}`);
  const outputs = task.outputs(dims);
  const poison: KernelTensor[] = outputs.map(({ shape }) => ({
    dtype: "float32",
    shape,
    data: rng.fillNormal(new Float32Array(shape.reduce((a, b) => a * b, 1))),
  }));
  const cases = (["normal", "large"] as const).map((family) => {
    const inputs = task.draw(dims, family, rng);
    return { inputs, expected: task.reference(inputs, dims) };
  });
  const ns = new Array<number>(schedules.length).fill(Number.POSITIVE_INFINITY);
  const correct = new Array<number>(schedules.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    for (const schedule of schedules) {
      const s = numberOf(schedule);
      const session = await sessionOf(kind);
      const { inputs, expected } = cases[round % cases.length]!;
      const request = { inputs, dims: [...dims, s], outputs, poison, slot: round, settle: 0 };
      const result = await session.call({ ...request, timed: COPIES });
      if (!within(result, expected)) correct[s] = 0;
      ns[s] = Math.min(ns[s]!, ...result.ns);
    }
  }
  return { ns, correct };
}

let done = 0;
const began = performance.now();
for (const task of [...training, ...unseen]) {
  const id = idOf(task);
  if (!rows.has(id)) {
    const row = { id, ...(await measure(task, toyTasks[task.kind])) };
    appendFileSync(log, `${JSON.stringify(row)}\n`);
    rows.set(id, row);
    done += 1;
    if (done % 20 === 0) {
      const seconds = (performance.now() - began) / 1000;
      process.stderr.write(`${rows.size} of ${all.length} tasks, ${seconds.toFixed(0)} s\n`);
    }
  }
}
for (const session of sessions.values()) await session.close();
const measured = [...training, ...unseen].map((task) => rows.get(idOf(task))!);
const text = await packTable({
  machine: `${here.hardware}; ${here.version} -O3 -march=native, one thread`,
  verifier: `forge session ${VERSION}: two input families, poisoned outputs, guards, bound of each element`,
  training,
  unseen,
  ns: Float64Array.from(measured.flatMap(({ ns }) => ns)),
  correct: Uint8Array.from(measured.flatMap(({ correct }) => correct)),
});
const file = fileURLToPath(new URL("../table.ts", import.meta.url));
writeFileSync(
  file,
  `// Written by scripts/measure-table.ts. Do not edit.\nexport const packedTable =\n  "${text}";\n`,
);
process.stderr.write(`${file}: ${(text.length / 1e3).toFixed(0)} kB\n`);
