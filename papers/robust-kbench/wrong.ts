import { acceptedAnswers, tasks, verifyCandidate } from "@daily-kernel/forge";
import type { speedup } from "./search.ts";
import { weak } from "./weak.ts";

type Strict = typeof verifyCandidate;

/** The loose judge in the strict one's place. */
export const gullible: Strict = async (task, candidate, backend, options = {}) => {
  const seed = options.seed ?? 0;
  const said = await weak(task, candidate, backend, {
    seed,
    signal: options.signal ?? new AbortController().signal,
  });
  const accepted = said === "accepted";
  return { accepted, findings: [], worstError: 0, effectiveBits: 24, seed, calls: 5 };
};

/** A judge that looks at nothing. */
export const asleep: Strict = async () => ({
  accepted: true,
  findings: [],
  worstError: 0,
  effectiveBits: 24,
  seed: 0,
  calls: 0,
});

/** A judge that wants every bit of the double-precision reference. */
export const pedantic: Strict = (task, candidate, backend, options = {}) =>
  verifyCandidate(task, candidate, backend, { ...options, boundFactor: 1e-6 });

/** The strict judge in the loose one's place. */
export const vigilant: typeof weak = async (task, candidate, backend, { seed, signal }) => {
  const shapes = task.shapes.slice(1, 4);
  const { accepted } = await verifyCandidate(task, candidate, backend, { seed, signal, shapes });
  return accepted ? "accepted" : "rejected";
};

/** Tasks whose outputs vary on every axis, none of which a constant solves. */
export const wholesome = () =>
  tasks
    .list()
    .filter(({ category }) =>
      ["activation", "broadcast", "convolution", "math", "matmul", "optimizer", "pooling"].includes(
        category,
      ),
    );

/** A filter that hears of no tolerance but a tight one. */
export const tight: typeof acceptedAnswers = (task, options = {}) =>
  acceptedAnswers(task, { ...options, tolerances: [1e-7] });

/** A search that finds nothing faster than the plain loop. */
export const idle: typeof speedup = async () => ({
  value: 1,
  interval: [0.99, 1.01],
  clock: "wall",
  n: 30,
  evaluations: 30,
});
