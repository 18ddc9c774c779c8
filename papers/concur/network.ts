import { Rng } from "@daily-kernel/compute";
import { adam } from "@daily-kernel/nn";
import { defaultDevice, init } from "@jax-js/jax";
import { weightsOf } from "./decoder.ts";
import type { Sample } from "./search.ts";
import type { Schedule, ToyTask } from "./space.ts";
import { propose, train } from "./train.ts";
import { initialParameters, loss } from "./transformer.ts";

/** One network: what it is trained on, and what it is asked afterwards. */
export interface NetworkJob {
  readonly samples: readonly Pick<Sample, "task" | "search">[];
  readonly steps: number;
  readonly seed: number;
  /** Networks of one stream have the same first weights and draws. */
  readonly stream: number;
  readonly unseen: readonly ToyTask[];
  /** How often each unseen task is tried. */
  readonly tries: number;
}

/** The schedules that a network writes for each unseen task; nothing where one cannot be read. */
export type Tries = (Schedule | undefined)[][];

/** Trains a network and asks it. */
export default async function network(
  { samples, steps, seed, stream, unseen, tries }: NetworkJob,
  report: (done: number) => void | Promise<void>,
): Promise<Tries> {
  await init("wasm");
  defaultDevice("wasm");
  const rng = new Rng(seed, "miniature").spawn(stream);
  const optimiser = adam(loss);
  const first = initialParameters(rng.spawn("weights"));
  const order = rng.spawn("order");
  const say = async (done: number) => report(0.95 * done);
  const parameters = await train(optimiser, first, samples, steps, order, say);
  const weights = await weightsOf(parameters);
  for (const array of Object.values(parameters)) array.dispose();
  optimiser.dispose();
  return propose(weights, unseen, tries, rng.spawn("tries"), async () => report(0.95));
}
