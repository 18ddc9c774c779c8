// x W^T for many blocks of rows x and one W, which is packed for the matrix product only once.
import { gemmF64 } from "../../compute/assembly/gemm-f64";
import { packF64 } from "../../compute/assembly/pack-f64";

/** As in compute/src/gemm.ts: depth of a block, columns of which stay in the second-level cache. */
const DEPTH: i32 = 256;
const COLUMNS: i32 = 256;
/** The register tile. */
const WIDTH: i32 = 6;
const PANEL: i32 = 4;

/** Packs W, n x d, to n rounded up to a multiple of 4 rows of d numbers. */
export function packDirections(w: usize, n: i32, d: i32, to: usize): void {
  packF64(w, d, 1, n, d, to, DEPTH, PANEL, 0, n);
}

/**
 * `out`, rows x n, from x, rows x d, and a packed W. `scratch` holds rows rounded up to a multiple of 6
 * of d numbers, and 24 more.
 */
export function project(
  x: usize,
  rows: i32,
  d: i32,
  w: usize,
  n: i32,
  out: usize,
  scratch: usize,
): void {
  const packed = scratch + 192;
  packF64(x, d, 1, rows, d, packed, DEPTH, WIDTH, 0, rows);
  for (let j = 0; j < n; j += COLUMNS) {
    const end = min(n, j + COLUMNS);
    gemmF64(packed, w, out, n, rows, n, d, DEPTH, WIDTH, 0, rows, j, end, 0, 0, scratch);
  }
}
