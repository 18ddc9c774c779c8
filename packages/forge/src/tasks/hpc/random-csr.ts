import { domainError, type Rng } from "@daily-kernel/compute";
import { type Csr, csrFromEntries, type Entry } from "./csr.ts";

const isSize = (n: number, least: number) => Number.isSafeInteger(n) && n >= least;

/**
 * How many entries each row gets when `entries` are shared out by Zipf's law: the row of rank r in
 * proportion to r^-exponent, at most `cols`, ranks in random order; many rows stay empty when
 * entries are few. The counts sum to `entries`.
 */
function zipfLengths(
  rows: number,
  cols: number,
  entries: number,
  exponent: number,
  rng: Rng,
): Int32Array<ArrayBuffer> {
  const weights = Float64Array.from({ length: rows }, (_, r) => (r + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const order = rng.permutation(rows);
  const lengths = new Int32Array(rows);
  let left = entries;
  for (let r = 0; r < rows && left > 0; r++) {
    const share = Math.min(cols, left, Math.round((entries * weights[r]!) / total));
    lengths[order[r]!] = share;
    left -= share;
  }
  for (let r = 0; left > 0; r++) {
    const i = order[r % rows]!;
    const more = Math.min(cols - lengths[i]!, left, Math.ceil(left / rows));
    lengths[i]! += more;
    left -= more;
  }
  return lengths;
}

/**
 * A random rows x cols matrix with exactly `entries` entries, whose row lengths follow Zipf's law
 * with the given exponent (default 1): few long rows, many short or empty ones. Columns are distinct
 * and in no order; values come from `value` (default: standard normal). Expected O(entries).
 *
 * @throws RangeError for more entries than the matrix has places, or sizes that are no whole numbers.
 */
export function zipfCsr(options: {
  readonly rows: number;
  readonly cols: number;
  readonly entries: number;
  readonly rng: Rng;
  readonly exponent?: number;
  readonly value?: () => number;
}): Csr {
  const { rows, cols, entries, rng, exponent = 1, value = () => rng.normal() } = options;
  if (!(isSize(rows, 1) && isSize(cols, 1) && isSize(entries, 0) && entries <= rows * cols)) {
    throw domainError(
      `zipfCsr: rows and cols must be >= 1 and entries in 0..rows cols, got ${rows}, ${cols} and ${entries}`,
    );
  }
  if (!(exponent >= 0 && exponent < 100)) {
    throw domainError(`zipfCsr: exponent must be in [0, 100), got ${exponent}`);
  }
  const lengths = zipfLengths(rows, cols, entries, exponent, rng);
  const rowPtr = new Int32Array(rows + 1);
  const colIdx = new Int32Array(entries);
  for (let i = 0; i < rows; i++) {
    rowPtr[i + 1] = rowPtr[i]! + lengths[i]!;
    colIdx.set(distinct(lengths[i]!, cols, rng), rowPtr[i]);
  }
  return { rows, cols, rowPtr, colIdx, values: Float64Array.from({ length: entries }, value) };
}

/** `count` distinct integers below `n`, in random order (Floyd's method where they are few). */
function distinct(count: number, n: number, rng: Rng): ArrayLike<number> {
  if (3 * count > n) return rng.permutation(n).subarray(0, count);
  const chosen = new Set<number>();
  for (let top = n - count; top < n; top++) {
    const draw = rng.integer(top + 1);
    chosen.add(chosen.has(draw) ? top : draw);
  }
  return [...chosen];
}

/** The number of entries of `spdCsr(n, ...)`. */
export function spdEntries(n: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) count += supportedWith(i, n).length;
  return count;
}

/** The eigenvectors (of the two that pair up, twice) that row i of the rotations mixes. */
function supportOf(i: number, n: number): readonly [from: number, to: number] {
  const pair = (k: number): [number, number] => {
    const from = k - (k % 2);
    return [from, Math.min(from + 2, n)];
  };
  const partner = i % 2 === 1 ? i + 1 : i - 1;
  if (partner < 0 || partner >= n) return pair(i);
  const [a, b] = [pair(Math.min(i, partner)), pair(Math.max(i, partner))];
  return [a[0], b[1]];
}

/** The rows whose mixture of eigenvectors meets that of row i. */
function supportedWith(i: number, n: number): number[] {
  const [from, to] = supportOf(i, n);
  const out: number[] = [];
  for (let j = Math.max(0, i - 6); j < Math.min(n, i + 7); j++) {
    const [a, b] = supportOf(j, n);
    if (a < to && from < b) out.push(j);
  }
  return out;
}

/**
 * A random symmetric positive definite n x n matrix of about six entries a row with exactly the
 * condition number that is asked for: eigenvalues from 1 to `condition`, log-uniform with both ends
 * present, turned by two layers of random plane rotations of neighbours, rows and columns then
 * permuted. With n = 1 the matrix is [1]. O(n).
 *
 * @throws RangeError for n < 1 or a condition number that is not finite or below 1.
 */
export function spdCsr(n: number, options: { readonly condition: number; readonly rng: Rng }): Csr {
  const { condition, rng } = options;
  if (!isSize(n, 1)) throw domainError(`spdCsr: n must be a whole number >= 1, got ${n}`);
  if (!(condition >= 1 && condition < Infinity)) {
    throw domainError(`spdCsr: condition must be a finite number >= 1, got ${condition}`);
  }
  const eigenvalues = Array.from({ length: n }, (_, k) =>
    k === 0 ? 1 : k === 1 ? condition : condition ** rng.uniform(),
  );
  const spectrum = rng.permutation(n);
  const rowsOfQ = rotations(n, rng);
  const place = rng.permutation(n);
  const entries: Entry[] = [];
  for (let i = 0; i < n; i++) {
    for (const j of supportedWith(i, n)) {
      if (j < i) continue;
      let sum = 0;
      for (const [k, q] of rowsOfQ[i]!) {
        sum += q * (rowsOfQ[j]!.get(k) ?? 0) * eigenvalues[spectrum[k]!]!;
      }
      entries.push([place[i]!, place[j]!, sum]);
      if (j !== i) entries.push([place[j]!, place[i]!, sum]);
    }
  }
  return csrFromEntries(n, n, entries);
}

/** The rows of an orthogonal matrix: rotations of (0, 1), (2, 3), ..., then of (1, 2), (3, 4), ... */
function rotations(n: number, rng: Rng): Map<number, number>[] {
  const rows = Array.from({ length: n }, (_, i) => new Map([[i, 1]]));
  for (const first of [0, 1]) {
    for (let i = first; i + 1 < n; i += 2) {
      const angle = (0.1 + 0.8 * rng.uniform()) * (Math.PI / 2);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const [a, b] = [rows[i]!, rows[i + 1]!];
      rows[i] = combine(a, c, b, s);
      rows[i + 1] = combine(a, -s, b, c);
    }
  }
  return rows;
}

function combine(
  a: ReadonlyMap<number, number>,
  ca: number,
  b: ReadonlyMap<number, number>,
  cb: number,
): Map<number, number> {
  const out = new Map<number, number>();
  for (const [k, x] of a) out.set(k, ca * x);
  for (const [k, x] of b) out.set(k, (out.get(k) ?? 0) + cb * x);
  return out;
}
