import { type Evaluation, evaluate, type Sample } from "@daily-kernel/forge/cost-model";
import { type Subject, six } from "./subject.ts";

/** The largest dimension that stands in the types of a text. */
const largest = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/(\d+)x/g)].map(([, n]) => Number(n)));

const cuts: readonly { label: string; leftOut(sample: Sample): boolean }[] = [
  { label: "tosa", leftOut: ({ family }) => family === "tosa" },
  {
    label: "linalg above 16",
    leftOut: ({ family, text }) => family === "linalg" && largest(text) > 16,
  },
];

/** Trains with and without a kind of function, on as many samples, and scores both on that kind. */
export async function generalise(
  train: Subject["train"],
  parts: { train: readonly Sample[]; test: readonly Sample[] },
  options: { seed: number; size: number; epochs: number; signal: AbortSignal },
  trained: () => Promise<void>,
): Promise<{ label: string; inside: Evaluation; outside: Evaluation }[]> {
  const { seed, size, epochs, signal } = options;
  const fit = async (data: readonly Sample[]) => {
    const model = await train({ data: data.slice(0, size), targets: six, seed, epochs, signal });
    await trained();
    return model;
  };
  const seen = await fit(parts.train);
  const rows = [];
  for (const { label, leftOut } of cuts) {
    const test = parts.test.filter(leftOut);
    const unseen = await fit(parts.train.filter((sample) => !leftOut(sample)));
    rows.push({ label, inside: evaluate(seen, test), outside: evaluate(unseen, test) });
  }
  return rows;
}
