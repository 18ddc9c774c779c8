import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Rng } from "@daily-kernel/compute";
import { notAvailable } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "curation of a pool of a million traces: pandas";

const ROWS = 1_000_000;
const ROUNDS = 5;
const pool = fileURLToPath(new URL("../.cache/forge-curate/pool.jsonl", import.meta.url));
const here = (name: string) => fileURLToPath(new URL(`forge/${name}`, import.meta.url));

/** A million rows of about 300 bytes, five samples a task, half of them correct. */
async function writePool(): Promise<void> {
  if (existsSync(pool)) return;
  mkdirSync(dirname(pool), { recursive: true });
  const rng = new Rng(1, "pool");
  const types = ["activation", "fusion", "loss", "matmul", "pooling", "reduce"];
  const out = createWriteStream(pool);
  let text = "";
  for (let i = 0; i < ROWS; i++) {
    const task = Math.floor(i / 5);
    const accepted = rng.uint32() % 2 === 0;
    const row = {
      taskId: `task-${task}`,
      taskType: types[task % types.length],
      sampleIndex: i % 5,
      reasoning: `Each thread takes one row; tile ${rng.uint32()} keeps it in the cache.`,
      source: `extern "C" int f(const float* a, float* b, long n) { for (long i = 0; i < n; i++) b[i] = a[i] * ${rng.uint32()}; return 0; }`,
      tokens: 1 + (rng.uint32() % 8000),
      verdict: { accepted },
      speedup: accepted ? (1 + (rng.uint32() % 4000)) / 1000 : 0,
    };
    text += `${JSON.stringify(row)}\n`;
    if (text.length < 1e6 && i < ROWS - 1) continue;
    if (!out.write(text)) await once(out, "drain");
    text = "";
  }
  out.end();
  await once(out, "close");
}

interface Answer {
  /** Of the work alone, without the start of the process. */
  readonly seconds: number;
  readonly megabytes: number;
  readonly selected: number;
  /** Sum of the tokens of what was selected. */
  readonly tokens: number;
}

function ask(command: string, args: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync(command, [...args, pool], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The concise rule over a million rows in a process of its own, in turns with pandas. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["pandas"]);
  const operation = "concise rule, 1 M rows";
  if ("missing" in venv) return printTable([notAvailable(operation, "pandas", venv.missing)]);
  await writePool();
  const bytes = statSync(pool).size;
  execFileSync("cat", [pool], { stdio: "ignore" }); // into the page cache, for both alike
  const ours: Answer[] = [];
  const theirs: Answer[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const turns = [
      () => ours.push(ask(process.execPath, [here("curate-ours.ts")])),
      () => theirs.push(ask(venv.python, [here("curate_pandas.py")])),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) turn();
  }
  const ratios = theirs.map(({ seconds }, k) => seconds / ours[k]!.seconds).sort((a, b) => a - b);
  const [a, b] = [ours[0]!, theirs[0]!];
  const same = a.selected === b.selected && a.tokens === b.tokens;
  const show = (answers: readonly Answer[]) =>
    `${median(answers.map(({ seconds }) => seconds)).toFixed(2)} s (best ${Math.min(...answers.map(({ seconds }) => seconds)).toFixed(2)}), ${Math.max(...answers.map(({ megabytes }) => megabytes)).toFixed(0)} MB`;
  printTable([
    {
      operation,
      ours: show(ours),
      peer: `pandas: ${show(theirs)}`,
      ratio: `${median(ratios).toFixed(2)}x (${ratios[0]!.toFixed(2)}-${ratios.at(-1)!.toFixed(2)})`,
      floor: `${(bytes / 1e6).toFixed(0)} MB of JSON`,
      answer: same ? "same" : "DIFFERENT",
    },
  ]);
}
