import { domainError, numericError } from "./errors.ts";
import { f64, gemm, pack, product, rowMajor, SUBTRACT, transposed } from "./gemm.ts";
import type { Arena, Heap } from "./heap.ts";
import { checkMatrix, checkSquare, type Matrix, matrix } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, ranges, reporting } from "./program.ts";
import { splitBlocks } from "./tridiagonal-blocks.ts";

/** Eigenvalues in ascending order, and orthonormal eigenvectors in the columns of `vectors`. */
export interface Eigen {
  values: Float64Array;
  vectors: Matrix;
}

/** Columns reduced at a time. */
const PANEL = 32;
/** Rotations recorded before they are applied: they stay in the second-level cache meanwhile. */
const ROTATIONS = 16384;

/**
 * The eigen-decomposition a = V diag(values) V^T of a symmetric n x n matrix; reads the lower
 * triangle only. Blocked Householder tridiagonalisation, then the implicit QL algorithm (Golub and
 * Van Loan, Matrix Computations, 4th ed., 8.3); about 9 n^3 operations. Residual and departure from
 * orthogonality are a small multiple of n 2^-53 times the norm of `a`.
 *
 * @throws RangeError `ERR_SHAPE` unless `a` is square, `ERR_DOMAIN` for NaN or infinity in the lower
 *   triangle.
 * @throws Error `ERR_NUMERIC` if an eigenvalue overflows.
 */
export function eigSymmetric(a: Matrix): Eigen;
export function eigSymmetric(a: Matrix, options: PoolOptions): Promise<Eigen>;
export function eigSymmetric(
  a: Matrix,
  options: Partial<PoolOptions> = {},
): Eigen | Promise<Eigen> {
  return perform("eigSymmetric", options, function* (arena, heap): Program<Eigen> {
    checkMatrix("eigSymmetric", "a", a);
    checkSquare("eigSymmetric", "a", a);
    const n = a.rows;
    const scale = powerOfTwoScale(a);
    if (n === 0) return { values: new Float64Array(0), vectors: matrix(0, 0) };
    const work = arena.f64(scale === 1 ? a.data : a.data.map((x) => x * scale));
    const t = yield* tridiagonalise(arena, work, n);
    const vectors = yield* accumulate(arena, heap, t, n);
    const strips = arena.f64(Math.ceil(n / 8) * 8 * n);
    const perCall = ranges(Math.ceil(n / 8), 4);
    yield { fn: "packStrips", calls: perCall.map((range) => [vectors, n, strips, ...range]) };
    const values = yield* diagonalise(arena, heap, t, n, strips);
    const order = Int32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
    const into = arena.i32(order);
    yield {
      fn: "unpackStrips",
      calls: perCall.map((range) => [strips, n, into, vectors, ...range]),
      progress: progressOf(n, 9, 0, 1),
    };
    return {
      values: unscaled(values.sort(), scale),
      vectors: matrix(n, n, heap.f64(vectors, n * n).slice()),
    };
  });
}

/** The tridiagonal matrix and the reflections that led to it, by addresses. */
interface Tridiagonal {
  diagonal: number;
  off: number;
  reflections: number;
  tau: number;
}

function* tridiagonalise(arena: Arena, a: number, n: number): Program<Tridiagonal> {
  const diagonal = arena.f64(n);
  const off = arena.f64(n);
  const tau = arena.f64(n);
  const reflections = arena.f64(n * n);
  const w = arena.f64(PANEL * n);
  for (let k = 0; k < n; k += PANEL) {
    const nb = Math.min(PANEL, n - k);
    yield { fn: "tridiagonalPanel", calls: [[a, n, k, nb, reflections, w, tau, diagonal, off]] };
    const below = k + nb;
    const rows = n - below;
    if (rows === 0) break;
    const columns = (address: number) =>
      transposed({
        address: address + below * 8,
        rows: nb,
        cols: rows,
        rowStride: n,
        colStride: 1,
      });
    const left = yield* pack(arena, columns(reflections + k * n * 8), 4, f64);
    const right = yield* pack(arena, columns(w), 4, f64);
    const rest = { address: a + below * (n + 1) * 8, stride: n };
    const shape: [number, number, number] = [rows, rows, nb];
    yield* product(arena, left, right, rest, shape, f64, SUBTRACT, true, 4);
    const second = product(arena, right, left, rest, shape, f64, SUBTRACT, true, 4);
    yield* reporting(second, f64.gemmFn, progressOf(n, 0, 2, 1 - (rows / n) ** 3));
    arena.free(left);
    arena.free(right);
  }
  return { diagonal, off, reflections, tau };
}

/** The product of all reflections, by blocks from the last to the first: Q -= V T (V^T Q). */
function* accumulate(arena: Arena, heap: Heap, t: Tridiagonal, n: number): Program<number> {
  const q = arena.f64(n * n);
  const identity = heap.f64(q, n * n).fill(0);
  for (let i = 0; i < n; i++) identity[i * (n + 1)] = 1;
  const factor = arena.f64(PANEL * PANEL);
  const vq = arena.f64(PANEL * n);
  const tvq = arena.f64(PANEL * n);
  for (let k = Math.floor((n - 1) / PANEL) * PANEL; k >= 0; k -= PANEL) {
    const nb = Math.min(PANEL, n - 1 - k); // there are n - 1 reflections
    if (nb === 0) continue;
    yield { fn: "reflectionFactor", calls: [[t.reflections, t.tau, n, k, nb, factor]] };
    const size = n - k; // rows and columns before k are still those of the identity
    const vt = {
      ...rowMajor(t.reflections + (k * n + k) * 8, nb, size),
      rowStride: n,
    };
    const block = { ...rowMajor(q + k * (n + 1) * 8, size, size), rowStride: n };
    yield* gemm(arena, vt, block, { address: vq, stride: size }, f64);
    const left = rowMajor(factor, nb, nb);
    yield* gemm(arena, left, rowMajor(vq, nb, size), { address: tvq, stride: size }, f64);
    const target = { address: block.address, stride: n };
    const update = gemm(arena, transposed(vt), rowMajor(tvq, nb, size), target, f64, SUBTRACT);
    yield* reporting(update, f64.gemmFn, progressOf(n, 2, 2, (size / n) ** 3));
  }
  return q;
}

/**
 * QL sweeps on the tridiagonal matrix, a batch at a time, each batch applied to the strips. Returns
 * the eigenvalues in the order of the strips.
 */
function* diagonalise(
  arena: Arena,
  heap: Heap,
  t: Tridiagonal,
  n: number,
  strips: number,
): Program<Float64Array> {
  const capacity = Math.max(n, ROTATIONS);
  const rotations = arena.f64(2 * capacity);
  const sweeps = arena.i32(3 * capacity);
  const state = arena.i32([0, 0, 0]);
  const d = heap.f64(t.diagonal, n);
  const { scales, floors } = splitBlocks(d, heap.f64(t.off, n));
  const negligible = arena.f64(floors);
  for (;;) {
    yield {
      fn: "qlSweeps",
      calls: [[t.diagonal, t.off, n, negligible, state, sweeps, rotations, capacity]],
      here: true,
    };
    const [next, count, iterations] = heap.i32(state, 3);
    if (count! > 0) {
      yield {
        fn: "rotateStrips",
        calls: ranges(Math.ceil(n / 8), 1).map((range) => [
          ...[strips, n, sweeps, count!, rotations, ...range],
        ]),
        progress: progressOf(n, 4, 5, next! / n),
      };
    }
    if (next === n) return d.map((x, i) => x / scales[i]!);
    if (iterations === 100) {
      throw numericError(`eigSymmetric: eigenvalue ${next} did not converge in 100 iterations`);
    }
  }
}

/** Of about 9 n^3 operations, those done with `share` of a stage of `stage` n^3, after `before` n^3. */
const progressOf = (n: number, before: number, stage: number, share: number) =>
  [(before + stage * share) * n ** 3, 9 * n ** 3] as const;

/** Eigenvalues of the matrix itself; throws where one leaves the range. */
function unscaled(values: Float64Array, scale: number): Float64Array {
  for (const [i, value] of values.entries()) {
    values[i] = value / scale;
    if (!Number.isFinite(values[i])) {
      throw numericError("eigSymmetric: an eigenvalue overflows; scale a down");
    }
  }
  return values;
}

/** A power of two that brings the largest element near 1, if squares could leave the range. */
function powerOfTwoScale({ data, rows: n }: Matrix): number {
  let most = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const x = Math.abs(data[i * n + j]!);
      if (!(x < Number.POSITIVE_INFINITY)) {
        throw domainError(
          `eigSymmetric: a must be finite, got ${data[i * n + j]} at row ${i}, column ${j}`,
        );
      }
      if (x > most) most = x;
    }
  }
  if (most === 0 || (most > 1e-100 && most < 1e100)) return 1;
  return 2 ** -Math.max(-1000, Math.floor(Math.log2(most)));
}
