import type { MlirFunction } from "../mlir/module.ts";
import { elementsOf } from "./work.ts";

/** What the baselines know of a function: how often each operation stands in it, and its shapes. */
export interface FunctionFeatures {
  readonly counts: ReadonlyMap<string, number>;
  /** Logarithms of sizes, in the order of `shapeNames`. */
  readonly shapes: readonly number[];
}

export const shapeNames = [
  "operations",
  "arguments",
  "elements of arguments and results",
  "elements of the largest type",
  "elements of the smallest argument",
  "bits of an element",
  "depth",
  "size of all dimensions",
] as const;

export function featuresOf(f: MlirFunction): FunctionFeatures {
  const counts = new Map<string, number>();
  for (const { name } of f.operations) counts.set(name, (counts.get(name) ?? 0) + 1);
  const signature = [...f.arguments, ...f.results];
  const sizes = signature.map(elementsOf);
  const types = [...signature, ...f.operations.flatMap((o) => o.types)];
  const sum = sizes.reduce((a, b) => a + b, 0);
  const dims = signature.flatMap((type) =>
    (/<((?:\d+x)+)/.exec(type)?.[1] ?? "").split("x").filter(Boolean).map(Number),
  );
  const shapes = [
    f.operations.length,
    f.arguments.length,
    sum,
    Math.max(1, ...types.map(elementsOf)),
    Math.min(...sizes, sum),
    types.some((type) => type.endsWith("f64>")) ? 64 : 32,
    Math.max(0, ...f.operations.map(({ depth }) => depth)),
    dims.reduce((a, b) => a + b, 0),
  ];
  return { counts, shapes: shapes.map(Math.log1p) };
}

/** Rows for a forest or a ridge: counts of the operations of `names`, then the shapes. */
export function featureRow(
  { counts, shapes }: FunctionFeatures,
  names: readonly string[],
): Float64Array {
  return Float64Array.from([...names.map((name) => Math.log1p(counts.get(name) ?? 0)), ...shapes]);
}
