import {
  DEFAULT_LATTICE_BYTES,
  DEFAULT_LATTICE_M_MAX,
  DEFAULT_LATTICE_M_MIN,
} from "./default-lattice-data.ts";

export interface DefaultLatticeVector {
  /** Odd integers below 2^(mMax - 1), the first of them 1. */
  generatingVector: Uint32Array<ArrayBuffer>;
  /** The vector was searched for 2^mMin..2^mMax points, and must not be used for more. */
  mMin: number;
  mMax: number;
}

/**
 * The library's own lattice sequence; a copy. Found by `latticeCbc` for every n = 2^m, m in mMin..mMax,
 * with alpha 2 and product weights 0.1 / j: so small that projections of every low order count alike,
 * and those of the first coordinates most. scripts/default-lattice-data.ts makes it again.
 */
export function defaultLatticeVector(): DefaultLatticeVector {
  const bytes = Uint8Array.from(atob(DEFAULT_LATTICE_BYTES), (char) => char.charCodeAt(0));
  const generatingVector = Uint32Array.from(
    { length: bytes.length / 3 },
    (_, j) => bytes[3 * j]! + 256 * bytes[3 * j + 1]! + 65536 * bytes[3 * j + 2]!,
  );
  return { generatingVector, mMin: DEFAULT_LATTICE_M_MIN, mMax: DEFAULT_LATTICE_M_MAX };
}
