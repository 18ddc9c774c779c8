import { numericError } from "@daily-kernel/compute";

const EPSILON = 2 ** -52;
const MOST_SWEEPS = 60;

/**
 * The eigenvalues of a symmetric tridiagonal matrix, ascending, by the rational QL algorithm, which
 * works on the squares beside the diagonal and takes no roots (Reinsch, Comm. ACM 16, 1973, algorithm
 * 464): about 1.7 sweeps an eigenvalue, n^2 steps of two divisions. Errors are a small multiple of 2^-52
 * times the norm, which must be far from the ends of the range of doubles. Overwrites both arrays.
 *
 * @param d - the diagonal: n numbers.
 * @param squares - n numbers: the square of element (i, i + 1) at i; the last is not read.
 */
export function tridiagonalEigenvalues(d: Float64Array, squares: Float64Array): Float64Array {
  const n = d.length;
  squares[n - 1] = 0;
  let shift = 0;
  let size = 0; // the largest row norm so far: what counts as zero is relative to it
  for (let l = 0; l < n; l++) {
    size = Math.max(size, Math.abs(d[l]!) + Math.sqrt(squares[l]!));
    const least = EPSILON * size;
    let end = l;
    while (squares[end]! > least * least) end++;
    for (let sweep = 0; end > l; sweep++) {
      if (sweep === MOST_SWEEPS) {
        throw numericError(`tridiagonalEigenvalues: no convergence at ${l} of ${n}`);
      }
      const root = Math.sqrt(squares[l]!);
      const half = (d[l + 1]! - d[l]!) / (2 * root);
      const length = Math.sqrt(half * half + 1);
      const corner = root / (half < 0 ? half - length : half + length);
      const move = d[l]! - corner;
      d[l] = corner;
      for (let i = l + 1; i < n; i++) d[i]! -= move;
      shift += move;
      if (sweepUp(d, squares, l, end, least)) break;
    }
    d[l]! += shift;
  }
  return d.sort();
}

/** One sweep from row `end` up to row l; whether element (l, l + 1) has become negligible. */
function sweepUp(
  d: Float64Array,
  squares: Float64Array,
  l: number,
  end: number,
  least: number,
): boolean {
  let g = d[end]! || least;
  let h = g;
  let s = 0;
  for (let i = end - 1; i >= l; i--) {
    const square = squares[i]!;
    const p = g * h;
    const r = p + square;
    const inverse = 1 / r;
    squares[i + 1] = s * r;
    s = square * inverse;
    const here = d[i]!;
    d[i + 1] = h + s * (h + here);
    g = here - square / g || least;
    h = g * p * inverse;
  }
  d[l] = h;
  squares[l] = s * g * h;
  // |s g| against least^2 / |h|, so that no underflow hides an element that counts.
  return h === 0 || Math.abs(s * g) <= Math.abs((least * least) / h) || squares[l] === 0;
}
