import type { NetMatrix } from "./net-matrix.ts";

/** Scrambling of points rather than of matrices: by a random tree, or by a hash. */
type PointScramble = "tree" | "hash";

/** All that it takes to make the points of one replication. Words lie low before high. */
export interface NetPlan {
  /** Coordinates of a point before interlacing. */
  components: number;
  /** The points are those with indices below 2^columns. */
  columns: number;
  /** Digits of the generating matrices. */
  digits: number;
  /** Digits of the points. */
  bits: number;
  /** Components that are interlaced to one coordinate after `scramble`; 1 without it. */
  alpha: number;
  /** Column k of component c at `planes[2 (k components + c)]`; the order of the points is in them. */
  planes: Uint32Array<ArrayBuffer>;
  /** The digital shift of component c at `shift[2 c]`. */
  shift: Uint32Array<ArrayBuffer>;
  /** `keys`: 2 words a component for a tree, 16 for a hash. */
  scramble?: { kind: PointScramble; keys: Uint32Array<ArrayBuffer> };
}

/**
 * Columns of all components side by side. In Gray order point i is that of i xor floor(i / 2), so
 * bit k of i brings in the columns k and k - 1.
 */
export function planesOf(matrix: NetMatrix, gray: boolean): Uint32Array<ArrayBuffer> {
  const { components, columns, words } = matrix;
  const planes = new Uint32Array(words.length);
  for (let c = 0; c < components; c++) {
    for (let k = 0; k < columns; k++) {
      const from = 2 * (c * columns + k);
      const to = 2 * (k * components + c);
      for (const half of [0, 1]) {
        planes[to + half] = words[from + half]! ^ (gray && k > 0 ? words[from + half - 2]! : 0);
      }
    }
  }
  return planes;
}

/** The inverse of `planesOf`: the columns of each component, as integers of `digits` bits. */
export function matricesOf(plan: NetPlan, gray: boolean): BigUint64Array[] {
  const { components, columns, digits } = plan;
  const planes = new BigUint64Array(plan.planes.buffer);
  return Array.from({ length: components }, (_, c) => {
    let column = 0n;
    return BigUint64Array.from({ length: columns }, (_, k) => {
      const plane = planes[k * components + c]! >> BigInt(64 - digits);
      column = gray ? column ^ plane : plane;
      return column;
    });
  });
}
