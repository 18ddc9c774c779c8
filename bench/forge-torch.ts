import { writeFileSync } from "node:fs";
import { Rng } from "@daily-kernel/compute";
import { type Task, tasks } from "@daily-kernel/forge";
import { type Answer, askTorch, type Case } from "./forge/torch/exchange.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "the forge's references beside PyTorch in double precision: the same answers?";

const SEED = 20260101;
/** Elements of all inputs of a task. */
const ELEMENTS = 1 << 15;
/** The largest difference, relative to the output's largest element, that is the same answer. */
const TOLERANCE = 1e-5;

/** At the largest sizes of those to verify at, and scaled. */
const cases = (task: Task, rng: Rng): Case[] =>
  [task.shapes.at(-1) as readonly number[], task.scaled(ELEMENTS)].map((dims, i) => ({
    task,
    dims,
    inputs: task.draw(dims, task.families[0] as Task["families"][number], rng.spawn(i)),
  }));

/** Of torch's first output, for the room: its largest magnitude and a few elements with their places. */
function kept({ task }: Case, { outputs }: Answer) {
  const { value } = outputs![0]!;
  const digits = (x: number) => Number(x.toPrecision(12));
  const last = value.length - 1;
  const places = new Set([0, 1, 2, 3, 4].map((k) => Math.floor((k * last) / 4)));
  const finite = [...places].filter((at) => Number.isFinite(value[at]));
  const largest = value.filter(Number.isFinite).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const elements = finite.map((at) => [at, digits(value[at]!)]);
  return { task: task.id, largest: digits(largest), elements };
}

/** The largest difference relative to the output's largest element, or why there is none. */
function difference({ task, dims, inputs }: Case, answer: Answer): number | string {
  if (answer.outputs === undefined) return answer.missing ?? "no answer";
  const ours = task.values(inputs, dims);
  if (ours.length !== answer.outputs.length) return "another number of outputs";
  let worst = 0;
  for (const [k, { shape, value }] of answer.outputs.entries()) {
    const own = ours[k]!;
    if (own.shape.join() !== shape.join()) return `shape [${own.shape}], torch [${shape}]`;
    const finite = value.filter((v) => Number.isFinite(v));
    const largest = finite.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    for (const [i, theirs] of value.entries()) {
      // Equal infinities are the same answer.
      const off = own.data[i] === theirs ? 0 : Math.abs(own.data[i]! - theirs) / (largest || 1);
      if (!(off <= worst)) worst = off;
    }
  }
  return worst;
}

/** Compares all tasks of the suite and keeps the counts for the room of MultiKernelBench. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy", "torch"]);
  if ("missing" in venv) throw new Error(`PyTorch is not available: ${venv.missing}`);
  const suite = tasks.list().filter(({ category }) => category !== "hpc" && category !== "plain");
  const rng = new Rng(SEED);
  const all = suite.flatMap((task) => cases(task, rng.spawn(task.id)));
  const { torch, answers } = askTorch(venv.python, all);
  const worst = new Map<string, number | string>();
  for (const [i, one] of all.entries()) {
    const { id } = one.task;
    const [seen, now] = [worst.get(id) ?? 0, difference(one, answers[i]!)];
    if (typeof seen !== "string" && !(typeof now === "number" && now <= seen)) worst.set(id, now);
    else if (!worst.has(id)) worst.set(id, seen);
  }
  const of = (kind: (d: number | string) => boolean) =>
    [...worst].filter(([, d]) => kind(d)).map(([id]) => id);
  const same = of((d) => typeof d === "number" && d <= TOLERANCE);
  const different = of((d) => typeof d === "number" && !(d <= TOLERANCE));
  const missing = of((d) => typeof d === "string");
  const text = (d: number | string) => (typeof d === "number" ? d.toExponential(1) : d);
  printTable([...worst].map(([task, d]) => ({ task, "relative difference": text(d) })));
  console.log(
    `\n${same.length} same, ${different.length} different, ${missing.length} not compared`,
  );
  for (const [word, list] of Object.entries({ different, missing })) {
    for (const id of list) console.log(`${word}: ${id}: ${text(worst.get(id)!)}`);
  }
  const file = new URL("../papers/multikernelbench/peers/torch.json", import.meta.url);
  const head = {
    torch,
    command: "npm run bench -- forge-torch",
    seed: SEED,
    tolerance: TOLERANCE,
    largest: Math.max(...same.map((id) => worst.get(id) as number)),
    same: same.length,
    different,
    missing,
  };
  // The first of a task's two cases; one line a task.
  const answered = all.flatMap((one, i) =>
    i % 2 === 0 && answers[i]!.outputs ? [kept(one, answers[i]!)] : [],
  );
  const json = JSON.stringify({ ...head, answers: [] }, null, 2).replace(
    "[]\n}",
    `[\n${answered.map((a) => `    ${JSON.stringify(a)}`).join(",\n")}\n  ]\n}`,
  );
  writeFileSync(file, `${json}\n`);
}
