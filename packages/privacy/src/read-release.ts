import { checkObject, typeError } from "@daily-kernel/compute";
import { ClassifierRelease, type ClassifierState } from "./features/private-classifier.ts";
import { KernelSumRelease, type KernelSumState } from "./features/private-kernel-sum.ts";
import { SquaredL2Release, type SquaredL2State } from "./moments/private-squared-l2.ts";
import { DistanceRelease, type DistanceState } from "./trees/distance-release.ts";
import { L2Release, type L2State } from "./trees/private-l2.ts";

/** What `toJSON` of a release gives. */
export type ReleaseState =
  | DistanceState
  | L2State
  | SquaredL2State
  | KernelSumState
  | ClassifierState;

/** Any release. */
export type Release =
  | DistanceRelease
  | L2Release
  | SquaredL2Release
  | KernelSumRelease
  | ClassifierRelease;

/**
 * A release from what its `toJSON` gave, parsed: it answers with the same bits.
 * @throws TypeError `ERR_TYPE` for anything else.
 */
export function readRelease(json: unknown): Release {
  checkObject("readRelease", "json", json);
  const state = json as ReleaseState;
  if (state.version === 1) {
    try {
      return revive(state);
    } catch (error) {
      throw typeError(`readRelease: json must be what toJSON gave (${(error as Error).message})`);
    }
  }
  throw typeError(`readRelease: json.version must be 1, got ${String(state.version)}`);
}

function revive(state: ReleaseState): Release {
  switch (state.kind) {
    case "distance":
      return distanceRelease(state);
    case "l2":
      return new L2Release(state.projection, distanceRelease(state.trees));
    case "squared-l2":
      return new SquaredL2Release(state);
    case "kernel-sum":
      return new KernelSumRelease(state);
    case "classifier":
      return new ClassifierRelease(state);
    default:
      throw typeError("json.kind is unknown");
  }
}

function distanceRelease({ counts, offsets, ...state }: DistanceState): DistanceRelease {
  const size = 2 ** (state.levels + 1);
  const trees = (values: number[], count: number) => {
    if (values.length !== count * size) throw typeError(`expected ${count * size} nodes`);
    return Array.from({ length: count }, (_, j) =>
      Float64Array.from(values.slice(j * size, (j + 1) * size)),
    );
  };
  const d = state.lower.length;
  return new DistanceRelease(
    state,
    trees(counts, d),
    trees(offsets, state.estimator === "offsets" ? d : 0),
  );
}
