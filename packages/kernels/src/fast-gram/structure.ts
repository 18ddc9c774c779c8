import { checkType, domainError, type Matrix, shapeError, typeError } from "@daily-kernel/compute";
import {
  type BinaryPoints,
  type DigitalPoints,
  isBinary,
} from "../shift-invariant/binary-points.ts";
import { checkMatrix } from "../standard/check-points.ts";

/** Points whose Gram matrix is fast: a lattice in its natural order, or a digital net. */
export type Structure = "lattice" | "net";

/** The structure asked for, or else the one that the kernel is made for. */
export function structureOf(fn: string, kernel: object, kind: Structure | undefined): Structure {
  const found = kind ?? (kernel as { structure?: unknown }).structure;
  if (found === "lattice" || found === "net") return found;
  if (kind === undefined) {
    throw typeError(
      `${fn}: options.kind must say "lattice" or "net" for a kernel that does not know its points`,
    );
  }
  throw typeError(`${fn}: options.kind must be "lattice" or "net", got ${JSON.stringify(kind)}`);
}

/** Checks that points are a matrix with a power of two of rows, up to 2^24. */
export function checkCountOfPoints(fn: string, name: string, points: DigitalPoints): void {
  checkType(typeof points === "object" && points !== null, fn, name, "points", points);
  if (!isBinary(points)) checkMatrix(fn, name, points);
  const m = Math.log2(points.rows);
  if (!(Number.isInteger(m) && m <= 24)) {
    throw shapeError(
      `${fn}: ${name} must have a power of two of rows up to 2^24, got ${points.rows}`,
    );
  }
}

/** The rows of points at some indices. */
export function rowsAt<P extends DigitalPoints>(points: P, indices: readonly number[]): P {
  const { cols } = points;
  const data = isBinary(points)
    ? new BigUint64Array(indices.length * cols)
    : new Float64Array(indices.length * cols);
  for (const [to, from] of indices.entries()) {
    data.set(points.data.subarray(from * cols, (from + 1) * cols) as never, to * cols);
  }
  return { ...points, data, rows: indices.length };
}

/** One set of points after another of the same form. */
export function joinPoints(fn: string, a: DigitalPoints, b: DigitalPoints): DigitalPoints {
  const same =
    isBinary(a) === isBinary(b) &&
    a.cols === b.cols &&
    (a as BinaryPoints).bits === (b as BinaryPoints).bits;
  if (!same) {
    throw shapeError(
      `${fn}: points must be of the form of the old ones, got ${form(b)} and had ${form(a)}`,
    );
  }
  const data = isBinary(a)
    ? new BigUint64Array(a.data.length + b.data.length)
    : new Float64Array(a.data.length + b.data.length);
  data.set(a.data as never);
  data.set(b.data as never, a.data.length);
  return { ...a, data, rows: a.rows + b.rows } as DigitalPoints;
}

const form = (points: DigitalPoints): string =>
  `${points.cols} columns of ${isBinary(points) ? `integers of ${points.bits} bits` : "numbers"}`;

/** The lowest m bits of i in reverse. */
function reversed(i: number, m: number): number {
  let out = 0;
  for (let k = 0; k < m; k++) out = out * 2 + ((i >> k) & 1);
  return out;
}

/** The point whose difference to point 0 is that of point i to point j. */
function differenceIndex(kind: Structure, n: number, i: number, j: number): number {
  if (kind === "net") return i ^ j;
  const m = Math.log2(n);
  return reversed((reversed(i, m) - reversed(j, m) + n) % n, m);
}

/** Pairs of points to look at: neighbours, both halves, and some in between. */
function samplePairs(n: number): [number, number][] {
  const pairs: [number, number][] = [];
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let i = 0; i < Math.min(n, 8); i++) pairs.push([i, Math.max(0, i - 1)]);
  for (let k = 0; k < 16; k++) pairs.push([next(), next()]);
  return pairs;
}

/**
 * Throws unless the kernel's values at some pairs of points are those of the points that the
 * structure puts in their place, against point 0. `values` gives the kernel at pairs of points.
 *
 * @throws RangeError `ERR_DOMAIN` naming the points that break it.
 */
export function checkStructure(
  fn: string,
  kind: Structure,
  n: number,
  values: (x: readonly number[], z: readonly number[]) => Float64Array,
): void {
  const pairs = samplePairs(n);
  const found = values(
    pairs.map(([i]) => i),
    pairs.map(([, j]) => j),
  );
  const expected = values(
    pairs.map(([i, j]) => differenceIndex(kind, n, i, j)),
    pairs.map(() => 0),
  );
  const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  for (const [p, [i, j]] of pairs.entries()) {
    if (Math.abs(found[p]! - expected[p]!) <= 1e-8 * largest) continue;
    const needed =
      kind === "lattice"
        ? "a rank-1 lattice in natural (radical inverse) order with at most one shift for all points"
        : "a digital net in base 2 with at most a linear matrix scramble and a digital shift";
    throw domainError(
      `${fn}: points must be ${needed}, and the kernel fit for it: k(x_${i}, x_${j}) = ${found[p]}, expected ${expected[p]}; nested uniform scrambling, Halton points and other orders have no fast Gram matrix`,
    );
  }
}

/** The type that kernels' methods want; digital kernels take integers as well. */
export const asMatrix = (points: DigitalPoints): Matrix => points as Matrix;
