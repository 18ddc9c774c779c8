import { fma64 } from "./fma";
import { packF64, unpackF64 } from "./pack-f64";
import { tile4x4 } from "./tile-f64";

function eliminate(x: usize, factor: f64, y0: v128, y1: v128): void {
  const f = f64x2.splat(-factor);
  v128.store(x, fma64(f, y0, v128.load(x)));
  v128.store(x, fma64(f, y1, v128.load(x, 16)), 16);
}

function scale(x: usize, pivot: f64): void {
  const d = f64x2.splat(pivot);
  v128.store(x, f64x2.div(v128.load(x), d));
  v128.store(x, f64x2.div(v128.load(x, 16), d), 16);
}

/**
 * Solves L X = B in place for the panels c0..c1 of four right-hand sides: l is the n x n lower
 * triangle packed as rows (kc = n), x the right-hand sides packed with their columns as rows
 * (kc = n). Four unknowns at a time: their known part is one tile product, then a 4x4 triangle.
 * With `unit`, the diagonal counts as ones.
 */
export function solvePanels(l: usize, x: usize, n: i32, c0: i32, c1: i32, unit: i32): void {
  for (let j = 0; j < n; j += 4) {
    const lj = l + ((<usize>j * n) << 3); // rows j..j+3
    const t = lj + ((<usize>j) << 5); // their 4x4 triangle, by columns
    for (let c = c0; c < c1; c++) {
      const panel = x + ((<usize>c * n) << 5);
      const x0 = panel + ((<usize>j) << 5);
      const rows = min(4, n - j);
      if (rows < 4) {
        solveLast(lj, panel, j, rows, unit);
        continue;
      }
      tile4x4(lj, panel, j, x0, 32, 2);
      if (!unit) scale(x0, load<f64>(t));
      let y0 = v128.load(x0),
        y1 = v128.load(x0, 16);
      eliminate(x0 + 32, load<f64>(t, 8), y0, y1);
      eliminate(x0 + 64, load<f64>(t, 16), y0, y1);
      eliminate(x0 + 96, load<f64>(t, 24), y0, y1);
      if (!unit) scale(x0 + 32, load<f64>(t, 40));
      y0 = v128.load(x0, 32);
      y1 = v128.load(x0, 48);
      eliminate(x0 + 64, load<f64>(t, 48), y0, y1);
      eliminate(x0 + 96, load<f64>(t, 56), y0, y1);
      if (!unit) scale(x0 + 64, load<f64>(t, 80));
      y0 = v128.load(x0, 64);
      y1 = v128.load(x0, 80);
      eliminate(x0 + 96, load<f64>(t, 88), y0, y1);
      if (!unit) scale(x0 + 96, load<f64>(t, 120));
    }
  }
}

/** The last one to three unknowns, which do not fill a tile. */
function solveLast(lj: usize, panel: usize, j: i32, rows: i32, unit: i32): void {
  for (let r = 0; r < rows; r++) {
    const xr = panel + ((<usize>(j + r)) << 5);
    for (let p = 0; p < j + r; p++) {
      const xp = panel + ((<usize>p) << 5);
      eliminate(xr, load<f64>(lj + ((<usize>(p * 4 + r)) << 3)), v128.load(xp), v128.load(xp, 16));
    }
    if (!unit) scale(xr, load<f64>(lj + ((<usize>((j + r) * 4 + r)) << 3)));
  }
}

/**
 * Solves L X = B for the columns j0..j1 (j0 a multiple of 4) of the n x m right-hand side at x, whose
 * rows are `stride` elements apart, in place; `panels` takes the packed columns.
 */
export function solveColumns(
  l: usize,
  x: usize,
  stride: isize,
  n: i32,
  m: i32,
  panels: usize,
  j0: i32,
  j1: i32,
  unit: i32,
): void {
  packF64(x, 1, stride, m, n, panels, n, 4, j0, j1);
  solvePanels(l, panels, n, j0 >> 2, (j1 + 3) >> 2, unit);
  unpackF64(panels, x, 1, stride, m, n, j0, j1);
}
