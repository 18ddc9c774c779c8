import { Rng } from "@daily-kernel/compute";
import type { Sample } from "../data/data-set.ts";
import type { Predictor } from "../evaluate.ts";
import type { MlirFunction } from "../mlir/module.ts";
import { parseMlir } from "../mlir/parse.ts";
import type { Target } from "../targets.ts";
import { featureRow, featuresOf } from "./features.ts";
import { trainForest } from "./forest.ts";
import { trainRidge } from "./ridge.ts";
import { workOf } from "./work.ts";

export const baselineNames = ["mean", "ridge", "forest", "roofline"] as const;
export type BaselineName = (typeof baselineNames)[number];

/** A trained baseline. */
export interface Baseline extends Predictor {
  /** For every function of one text a value of each target. */
  estimateFunctions(text: string): readonly (readonly number[])[];
}

type Regression = (row: ArrayLike<number>) => number;

const nothing: MlirFunction = { name: "", arguments: [], results: [], operations: [] };

/** Arithmetic and memory of one core at roof: operations and bytes in a nanosecond. */
const ROOF = { flops: 50, bytes: 20 };

/**
 * A baseline, trained on log(1 + value) (the mean on the value itself, which is what "predict the
 * mean" means for an error in % of the range). `ridge` and `forest` see how often each operation
 * stands in the function, and its shapes; `roofline` sees only the time that arithmetic or memory
 * would take at best, through a straight line in logarithms.
 */
export function trainBaseline(
  name: BaselineName,
  samples: readonly Sample[],
  targets: readonly Target[],
  seed: number,
): Baseline {
  // The mean needs to read nothing.
  const first = (text: string): MlirFunction =>
    name === "mean" ? nothing : parseMlir(text).functions[0]!;
  const functions = samples.map(({ text }) => first(text));
  const names = [...new Set(functions.flatMap((f) => f.operations.map((o) => o.name)))].sort();
  const rowOf = (f: MlirFunction): ArrayLike<number> => {
    if (name === "mean") return [];
    if (name !== "roofline") return featureRow(featuresOf(f), names);
    const { flops, bytes } = workOf(f);
    return [Math.log(Math.max(flops / ROOF.flops, bytes / ROOF.bytes, 1e-3))];
  };
  const rows = functions.map(rowOf);
  const regressions = targets.map((target): Regression => {
    const known = [...samples.keys()].filter((i) => samples[i]!.values[target] !== undefined);
    const x = known.map((i) => rows[i]!);
    const values = known.map((i) => samples[i]!.values[target]!);
    if (name === "mean") {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return () => mean;
    }
    const y = values.map(Math.log1p);
    const log =
      name === "forest"
        ? trainForest(x, Float64Array.from(y), new Rng(seed, `forest ${target}`))
        : trainRidge(x, y, name === "ridge" ? 1 : 1e-6);
    return (row) => Math.max(0, Math.expm1(log(row)));
  });
  const predict = (f: MlirFunction): number[] => {
    const row = rowOf(f);
    return regressions.map((regression) => regression(row));
  };
  return {
    targets,
    estimate: (texts) => texts.map((text) => predict(first(text))),
    estimateFunctions: (text) => parseMlir(text).functions.map(predict),
  };
}
