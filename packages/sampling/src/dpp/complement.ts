/**
 * The orthogonal complement of the feature vectors chosen so far, as orthonormal rows. One Householder
 * reflection a choice shrinks it by a row: backward stable without re-orthogonalisation, and |C phi|^2,
 * the squared distance of phi from what is chosen, never is negative. With k chosen the distance costs
 * m (m - k) operations, and the m / (m - k) trials that rejection needs then cost m^2 whatever k: m^3 in
 * all, where projecting on the chosen ones would cost m^3 (H_m - 1), H_m = 1 + 1/2 + ... + 1/m.
 */
export class Complement {
  readonly features: number;
  readonly #c: Float64Array;
  readonly #product: Float64Array;
  /** m - k. */
  rows: number;

  constructor(features: number) {
    this.features = features;
    this.#c = new Float64Array(features * features);
    this.#product = new Float64Array(features);
    this.rows = features;
    for (let j = 0; j < features; j++) this.#c[j * features + j] = 1;
  }

  /** Whether |C phi|^2 > threshold, for phi at data[at...]; stops as soon as that is clear. */
  exceeds(data: Float64Array, at: number, threshold: number): boolean {
    const m = this.features;
    if (this.rows === m) return true;
    const c = this.#c;
    let sum = 0;
    for (let i = 0, p = 0; i < this.rows; i++) {
      const along = dot(c, p, data, at, m);
      p += m;
      sum += along * along;
      if (sum > threshold) return true;
    }
    return false;
  }

  /** Takes phi among the chosen ones. */
  choose(data: Float64Array, at: number): void {
    const m = this.features;
    const c = this.#c;
    const v = this.#product;
    const last = this.rows - 1;
    let squares = 0;
    for (let i = 0, p = 0; i <= last; i++) {
      const along = dot(c, p, data, at, m);
      p += m;
      v[i] = along;
      squares += along * along;
    }
    // The reflection that sends C phi to a multiple of the last axis; that row is dropped.
    const norm = Math.sqrt(squares);
    const head = Math.abs(v[last]!);
    v[last]! += v[last]! < 0 ? -norm : norm;
    const scale = 1 / (norm * (norm + head));
    const along = new Float64Array(m);
    for (let i = 0, p = 0; i <= last; i++) {
      const weight = v[i]!;
      for (let j = 0; j < m; j++) along[j]! += weight * c[p++]!;
    }
    for (let i = 0, p = 0; i < last; i++) {
      const weight = scale * v[i]!;
      for (let j = 0; j < m; j++) c[p++]! -= weight * along[j]!;
    }
    this.rows = last;
  }
}

/** Four sums at a time, so that none waits for the one before. */
function dot(a: Float64Array, p: number, b: Float64Array, q: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < n; j += 4) {
    s0 += a[p + j]! * b[q + j]!;
    s1 += a[p + j + 1]! * b[q + j + 1]!;
    s2 += a[p + j + 2]! * b[q + j + 2]!;
    s3 += a[p + j + 3]! * b[q + j + 3]!;
  }
  for (; j < n; j++) s0 += a[p + j]! * b[q + j]!;
  return s0 + s1 + (s2 + s3);
}
