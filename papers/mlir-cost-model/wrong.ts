import type { Predictor } from "@daily-kernel/forge/cost-model";
import type { Subject } from "./subject.ts";

type Options = Parameters<Subject["train"]>[0];

const constant = (targets: Predictor["targets"], value: (text: string) => number): Predictor => ({
  targets,
  estimate: (texts) => texts.map((text) => targets.map(() => value(text))),
});

/** Learns nothing: every function costs the same. */
export const learnsNothing: Subject["train"] = async ({ data, targets }: Options) =>
  constant(targets ?? (Object.keys(data[0]!.values) as Predictor["targets"]), () => 100);

/** A shipped model that says the same of every function. */
export const shippedConstant: Subject["shipped"] = async () =>
  constant(["vectorRegisters", "nanoseconds"], () => 8);

/** A shipped model that takes longer texts for faster ones, and longer for a prediction than a compiler. */
export const shippedSlowAndLong: Subject["shipped"] = async () => ({
  targets: ["vectorRegisters", "nanoseconds"],
  estimate: (texts) => {
    const end = performance.now() + 500;
    while (performance.now() < end && texts.length === 8);
    return texts.map((text) => [0, 1e6 / text.length]);
  },
});

/** A "mean" of zero. */
export const zero: Subject["baseline"] = (_name, _samples, targets) => constant(targets, () => 0);
