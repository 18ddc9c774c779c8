import { Strip } from "./strip";

class Strips {
  /** `correlatePlane`, once more for constants K, spread and step. */
  @inline
  static correlate(
    x: usize,
    rowBytes: usize,
    w: usize,
    out: usize,
    outBytes: usize,
    rows: i32,
    cols: i32,
    K: i32,
    spread: i32,
    step: i32,
  ): v128 {
    let bad = f32x4.splat(0);
    let left = (cols + 3) >> 2; // vectors
    while (left > 0) {
      // Six wherever that leaves no strip of one or two: those have too few sums in flight.
      const rest = left % 6;
      const vectors = rest == 0 ? 6 : rest > 2 || left < 6 ? rest : 4;
      left -= vectors;
      const p = x + ((<usize>left) << 4);
      const q = out + ((<usize>left) << 4);
      switch (vectors) {
        case 1:
          bad = Strip.correlate(1, p, rowBytes, w, q, outBytes, rows, K, spread, step, bad);
          break;
        case 2:
          bad = Strip.correlate(2, p, rowBytes, w, q, outBytes, rows, K, spread, step, bad);
          break;
        case 3:
          bad = Strip.correlate(3, p, rowBytes, w, q, outBytes, rows, K, spread, step, bad);
          break;
        case 4:
          bad = Strip.correlate(4, p, rowBytes, w, q, outBytes, rows, K, spread, step, bad);
          break;
        case 5:
          bad = Strip.correlate(5, p, rowBytes, w, q, outBytes, rows, K, spread, step, bad);
          break;
        default:
          bad = Strip.correlate(6, p, rowBytes, w, q, outBytes, rows, K, spread, step, bad);
      }
    }
    return bad;
  }
}

/**
 * Correlates a padded plane strip by strip. Whole vectors are stored, so a row of `cols` numbers
 * runs over into the next one by up to three. That is stored later: the strips go from right to
 * left, each from top to bottom.
 *
 * x: the plane with its margins, whose rows are `rowBytes` apart and stand for every spread-th of
 * `rows` rows; w: the taps, K x K; out: rows `outBytes` apart, one for every step-th of `rows`, with
 * all `cols` columns. Returns zeros if all that was stored is finite, else some NaN.
 */
export function correlatePlane(
  x: usize,
  rowBytes: usize,
  w: usize,
  out: usize,
  outBytes: usize,
  rows: i32,
  cols: i32,
  K: i32,
  spread: i32,
  step: i32,
): v128 {
  // The commonest filters are small, and much faster when their loops have known lengths.
  if (spread == 1 && step == 1) {
    if (K == 3) return Strips.correlate(x, rowBytes, w, out, outBytes, rows, cols, 3, 1, 1);
    if (K == 5) return Strips.correlate(x, rowBytes, w, out, outBytes, rows, cols, 5, 1, 1);
    if (K == 7) return Strips.correlate(x, rowBytes, w, out, outBytes, rows, cols, 7, 1, 1);
  }
  return Strips.correlate(x, rowBytes, w, out, outBytes, rows, cols, K, spread, step);
}
