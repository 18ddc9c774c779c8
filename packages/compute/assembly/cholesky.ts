import { packF64, unpackF64 } from "./pack-f64";
import { solvePanels } from "./triangular";
import { dot } from "./vector";

/**
 * Factors an nb x nb diagonal block in place (lower triangle, row stride ld elements) and packs the
 * factor for solvePanels. Writes to `status` 0, or 1 + the index of the first pivot that is not a
 * positive finite number, and to `pivot` that number.
 */
export function choleskyBlock(
  a: usize,
  ld: i32,
  nb: i32,
  packed: usize,
  status: usize,
  pivot: usize,
): void {
  for (let i = 0; i < nb; i++) {
    const row = a + ((<usize>i * ld) << 3);
    for (let j = 0; j < i; j++) {
      const other = a + ((<usize>j * ld) << 3);
      const s = load<f64>(row + ((<usize>j) << 3)) - dot(row, other, j);
      store<f64>(row + ((<usize>j) << 3), s / load<f64>(other + ((<usize>j) << 3)));
    }
    const d = load<f64>(row + ((<usize>i) << 3)) - dot(row, row, i);
    if (!(d > 0 && d < Infinity)) {
      store<i32>(status, i + 1);
      store<f64>(pivot, d);
      return;
    }
    store<f64>(row + ((<usize>i) << 3), Math.sqrt(d));
  }
  store<i32>(status, 0);
  packF64(a, ld, 1, nb, nb, packed, nb, 4, 0, nb);
}

/**
 * Rows i0..i1 (i0 a multiple of 4) of the block column below a factored diagonal block:
 * A21 := A21 L11^-T, left packed in `panels` for the update of the rest, and written back.
 */
export function choleskyPanel(
  a: usize,
  ld: i32,
  rows: i32,
  nb: i32,
  packed: usize,
  panels: usize,
  i0: i32,
  i1: i32,
): void {
  packF64(a, ld, 1, rows, nb, panels, nb, 4, i0, i1);
  solvePanels(packed, panels, nb, i0 >> 2, (i1 + 3) >> 2, 0);
  unpackF64(panels, a, ld, 1, rows, nb, i0, i1);
}
