/** A square complex matrix of d rows: 2 d^2 doubles, row-major, real and imaginary parts in turn. */
export type ComplexMatrix = Float64Array;

export const sizeOf = (a: ComplexMatrix): number => Math.sqrt(a.length / 2);

/** a b. */
export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const d = sizeOf(a);
  const out = new Float64Array(a.length);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < d; k++) {
      const re = a[2 * (i * d + k)]!;
      const im = a[2 * (i * d + k) + 1]!;
      if (re === 0 && im === 0) continue;
      for (let j = 0; j < d; j++) {
        const at = 2 * (k * d + j);
        out[2 * (i * d + j)]! += re * b[at]! - im * b[at + 1]!;
        out[2 * (i * d + j) + 1]! += re * b[at + 1]! + im * b[at]!;
      }
    }
  }
  return out;
}

/** The conjugate transpose. */
export function adjoint(a: ComplexMatrix): ComplexMatrix {
  const d = sizeOf(a);
  const out = new Float64Array(a.length);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      out[2 * (j * d + i)] = a[2 * (i * d + j)]!;
      out[2 * (j * d + i) + 1] = -a[2 * (i * d + j) + 1]! + 0;
    }
  }
  return out;
}

export const conjugate = (a: ComplexMatrix): ComplexMatrix =>
  a.map((value, k) => (k % 2 === 0 ? value : -value + 0));

/** The Kronecker product: the index of `a` is the high one. */
export function kronecker(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const [m, n] = [sizeOf(a), sizeOf(b)];
  const d = m * n;
  const out = new Float64Array(2 * d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const p = 2 * (Math.floor(i / n) * m + Math.floor(j / n));
      const q = 2 * ((i % n) * n + (j % n));
      out[2 * (i * d + j)] = a[p]! * b[q]! - a[p + 1]! * b[q + 1]!;
      out[2 * (i * d + j) + 1] = a[p]! * b[q + 1]! + a[p + 1]! * b[q]!;
    }
  }
  return out;
}

/** The largest |a a^+ - 1|. */
export function unitarityError(a: ComplexMatrix): number {
  const d = sizeOf(a);
  const product = multiply(a, adjoint(a));
  let worst = 0;
  for (let k = 0; k < product.length; k++) {
    worst = Math.max(worst, Math.abs(product[k]! - (k % (2 * (d + 1)) === 0 ? 1 : 0)));
  }
  return worst;
}
