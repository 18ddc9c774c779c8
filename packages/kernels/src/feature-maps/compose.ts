import { type Matrix, shapeError } from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";

/**
 * One map after another: x -> maps[last](... maps[0](x)).
 * @throws RangeError `ERR_SHAPE` unless each takes as many numbers as the one before gives.
 */
export function compose(...maps: readonly FeatureMap[]): FeatureMap {
  const [first] = maps;
  const last = maps.at(-1);
  if (first === undefined || last === undefined) {
    throw shapeError("compose: at least one map is needed, got none");
  }
  for (let k = 1; k < maps.length; k++) {
    const [given, taken] = [maps[k - 1]!.features, maps[k]!.dimension];
    if (given !== taken) {
      throw shapeError(`compose: map ${k} takes ${taken} numbers, map ${k - 1} gives ${given}`);
    }
  }
  return {
    dimension: first.dimension,
    features: last.features,
    map: (x: Matrix) => maps.reduce((features, map) => map.map(features), x),
  };
}
