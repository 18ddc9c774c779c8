import type { Criterion } from "./criterion.ts";

/** What the catalogue can be filtered by. */
export const topics = [
  "attention",
  "continual-learning",
  "efficient-inference",
  "gaussian-processes",
  "gpu-kernels",
  "kernel-methods",
  "language-models",
  "linux",
  "neural-tangent-kernels",
  "privacy",
  "quantum",
  "quasi-monte-carlo",
  "recommendation",
  "sampling",
  "special-functions",
  "statistics",
  "systems",
  "vision",
] as const;
export type Topic = (typeof topics)[number];

/**
 * Where a claim is measured: at the `paper`'s own setting, at `desk` scale (smaller, same method),
 * or `simulated` (a model of the system stands in for the system).
 */
export type Scale = "paper" | "desk" | "simulated";

/** A number that the paper printed, with the setting it was printed for. */
export interface Reported {
  readonly value: number | string;
  readonly unit?: string;
  readonly setting: string;
}

/** One sentence that can turn out false, and the predicate that decides it. */
export interface Claim {
  /** Kebab-case, unique in the paper, never reused: records refer to it. */
  readonly id: string;
  /** The claim in our own words, one sentence, specific enough to be wrong. */
  readonly statement: string;
  /** What the paper reported, or `null` where the claim is a control of ours. */
  readonly reported: Reported | null;
  readonly scale: Scale;
  /** What is measured, in words with its unit: "largest mixed error of log I". */
  readonly quantity: string;
  /** The predicate on the measured quantity. */
  readonly holdsIf: Criterion;
}

/** The facts of a paper and its claims: everything about it that is data. */
export interface Paper {
  /** The name of the folder that holds this file. */
  readonly slug: string;
  readonly title: string;
  /** arXiv identifier without version, `2409.08729`. */
  readonly arxiv: string;
  /** Day of the first arXiv version, `YYYY-MM-DD`: the paper's day in the feed. */
  readonly submitted: string;
  /** Author names in order; empty where only their number is known. */
  readonly authors: readonly string[];
  readonly authorCount: number;
  readonly topics: readonly Topic[];
  /** Our own summary, 80 to 150 words; `$...$` is mathematics (TeX). */
  readonly summary: string;
  /** Code, project page, venue: what a reader would look for next. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** The package of this project that implements the paper, `special`. */
  readonly library: string;
  readonly claims: readonly [Claim, ...Claim[]];
}

/** Types a paper's data so that its claim ids are known to its room. */
export function definePaper<const P extends Paper>(paper: P): P {
  return paper;
}
