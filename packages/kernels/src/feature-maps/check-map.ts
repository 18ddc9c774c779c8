import { checkType } from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";

/** Throws unless `value` has what a FeatureMap has. */
export function checkMap(fn: string, name: string, value: unknown): asserts value is FeatureMap {
  const { map, dimension, features } = (value ?? {}) as Partial<FeatureMap>;
  const ok = typeof map === "function" && Number.isInteger(dimension) && Number.isInteger(features);
  checkType(ok, fn, name, "a feature map { dimension, features, map }", value);
}
