import { Strip } from "./strip";

/**
 * Correlates a padded plane at stride 1, strip by strip. Whole vectors are stored, so a row of
 * `cols` numbers runs over into the next one by up to three. That is stored later: the strips go
 * from right to left, each from top to bottom.
 *
 * x: the plane with its margins, rows `rowBytes` apart; zeros: a row of zeros as long; w: the taps,
 * K x K; out: rows `outBytes` apart. Returns zeros if all that was stored is finite, else some NaN.
 */
export function correlateStrips(
  x: usize,
  zeros: usize,
  rowBytes: usize,
  w: usize,
  out: usize,
  outBytes: usize,
  rows: i32,
  cols: i32,
  K: i32,
): v128 {
  let bad = f32x4.splat(0);
  let left = (cols + 3) >> 2; // vectors
  while (left > 0) {
    // Six wherever that leaves no strip of one or two: those have too few sums in flight.
    const rest = left % 6;
    const vectors = rest == 0 ? 6 : rest > 2 || left < 6 ? rest : 4;
    left -= vectors;
    const at = (<usize>left) << 4;
    switch (vectors) {
      case 1:
        bad = Strip.correlate(1, x + at, zeros + at, rowBytes, w, out + at, outBytes, rows, K, bad);
        break;
      case 2:
        bad = Strip.correlate(2, x + at, zeros + at, rowBytes, w, out + at, outBytes, rows, K, bad);
        break;
      case 3:
        bad = Strip.correlate(3, x + at, zeros + at, rowBytes, w, out + at, outBytes, rows, K, bad);
        break;
      case 4:
        bad = Strip.correlate(4, x + at, zeros + at, rowBytes, w, out + at, outBytes, rows, K, bad);
        break;
      case 5:
        bad = Strip.correlate(5, x + at, zeros + at, rowBytes, w, out + at, outBytes, rows, K, bad);
        break;
      default:
        bad = Strip.correlate(6, x + at, zeros + at, rowBytes, w, out + at, outBytes, rows, K, bad);
    }
  }
  return bad;
}
