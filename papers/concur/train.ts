import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { type Adam, type Parameters, toJax } from "@daily-kernel/nn";
import { Decoder, type Weights } from "./decoder.ts";
import type { Sample } from "./search.ts";
import type { Schedule, ToyTask } from "./space.ts";
import { CONTEXT, END, PROMPT, parseSchedule, promptOf, sequenceOf, vocabulary } from "./tokens.ts";

const V = vocabulary.length;
const BATCH = 32;
const RATE = 3e-3;
/** Steps in which the rate rises. */
const WARM = 10;

/** Sequences as one-hot tokens and as what follows them, from the prompt's last token on. */
function batchOf(sequences: readonly (readonly number[])[]): [Matrix, Matrix, number] {
  const longest = Math.max(...sequences.map(({ length }) => length));
  const length = 8 * Math.ceil((longest - 1) / 8); // jax-js is several times slower in between
  const tokens = matrix(sequences.length * length, V);
  const targets = matrix(sequences.length * length, V);
  for (const [i, sequence] of sequences.entries()) {
    for (let t = 0; t < length; t++) {
      const row = (i * length + t) * V;
      tokens.data[row + (sequence[t] ?? END)] = 1;
      const next = sequence[t + 1];
      if (next !== undefined && t >= PROMPT - 1) targets.data[row + next] = 1;
    }
  }
  return [tokens, targets, length];
}

/** Trains on samples in random order, `steps` batches of 32, the rate falling to nothing. */
export async function train(
  optimiser: Adam,
  initial: Parameters,
  samples: readonly Pick<Sample, "task" | "search">[],
  steps: number,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<Parameters> {
  const sequences = samples.map(({ task, search }) => sequenceOf(task, search));
  const state = optimiser.begin(initial);
  let order: number[] = [];
  for (let step = 0; step < steps; step++) {
    await breathe(step / steps);
    while (order.length < BATCH) order = [...order, ...rng.permutation(sequences.length)];
    const chosen = order.splice(0, BATCH).map((i) => sequences[i]!);
    const [tokens, targets, length] = batchOf(chosen);
    const rate = RATE * Math.min(1, (step + 1) / WARM) * (1 - step / steps);
    const onehot = toJax(tokens).reshape([BATCH, length, V]);
    await optimiser.step(state, rate, onehot, toJax(targets));
  }
  return optimiser.end(state);
}

/** What a network writes for each task, `samples` times, drawn token by token from its distribution. */
export async function propose(
  weights: Weights,
  tasks: readonly ToyTask[],
  samples: number,
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<(Schedule | undefined)[][]> {
  const prompts = tasks.flatMap((task) => Array.from({ length: samples }, () => promptOf(task)));
  const decoder = new Decoder(weights, prompts.length);
  const written: number[][] = prompts.map(() => []);
  const ended = new Uint8Array(prompts.length);
  const current = Uint8Array.from(prompts, ([first]) => first!);
  for (let t = 0; t + 1 < CONTEXT && ended.includes(0); t++) {
    await breathe();
    const { data } = decoder.next(current);
    for (let i = 0; i < prompts.length; i++) {
      if (t + 1 < PROMPT) {
        current[i] = prompts[i]![t + 1]!;
        continue;
      }
      const token = ended[i] ? END : draw(data.subarray(i * V, (i + 1) * V), rng);
      current[i] = token;
      if (token === END) ended[i] = 1;
      else written[i]!.push(token);
    }
  }
  return tasks.map((_, k) =>
    written.slice(k * samples, (k + 1) * samples).map((tokens) => parseSchedule(tokens)),
  );
}

/** A place drawn with probabilities proportional to the exponentials. */
function draw(logits: Float32Array, rng: Rng): number {
  const most = logits.reduce((a, b) => Math.max(a, b));
  let rest = rng.uniform() * logits.reduce((sum, v) => sum + Math.exp(v - most), 0);
  for (let k = 0; k < logits.length; k++) {
    rest -= Math.exp(logits[k]! - most);
    if (rest < 0) return k;
  }
  return logits.length - 1;
}
