import { shapeError } from "@daily-kernel/compute";
import { sizeOf } from "../tensor.ts";
import { type Array64, array64, stridesOf } from "./array64.ts";
import { broadcastShape, broadcastStrides } from "./broadcast.ts";

/**
 * c += a b for row-major a [m, k], b [k, n], c [m, n] at offsets: four rows of c at once, so that a
 * row of b is read once for four of c.
 */
export function gemm(
  [m, k, n]: readonly [number, number, number],
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  c: Float64Array,
  cAt: number,
): void {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const [c0, c1, c2, c3] = [cAt + i * n, cAt + (i + 1) * n, cAt + (i + 2) * n, cAt + (i + 3) * n];
    for (let p = 0; p < k; p++) {
      const at = aAt + i * k + p;
      const x0 = a[at] as number;
      const x1 = a[at + k] as number;
      const x2 = a[at + 2 * k] as number;
      const x3 = a[at + 3 * k] as number;
      const row = bAt + p * n;
      for (let j = 0; j < n; j++) {
        const y = b[row + j] as number;
        (c[c0 + j] as number) += x0 * y;
        (c[c1 + j] as number) += x1 * y;
        (c[c2 + j] as number) += x2 * y;
        (c[c3 + j] as number) += x3 * y;
      }
    }
  }
  for (; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const x = a[aAt + i * k + p] as number;
      const row = bAt + p * n;
      const to = cAt + i * n;
      for (let j = 0; j < n; j++) (c[to + j] as number) += x * (b[row + j] as number);
    }
  }
}

/**
 * Matrix products of the last two axes, the others broadcast; an array of one axis counts as a row
 * on the left and as a column on the right, and that axis is gone from the result.
 */
export function matmul(a: Array64, b: Array64): Array64 {
  if (a.shape.length === 1) {
    const c = matmul({ data: a.data, shape: [1, ...a.shape] }, b);
    return { data: c.data, shape: c.shape.toSpliced(-2, 1) };
  }
  if (b.shape.length === 1) {
    const c = matmul(a, { data: b.data, shape: [...b.shape, 1] });
    return { data: c.data, shape: c.shape.slice(0, -1) };
  }
  const [m, k] = a.shape.slice(-2) as [number, number];
  const [rows, n] = b.shape.slice(-2) as [number, number];
  if (k !== rows) {
    throw shapeError(
      `matmul: [${a.shape.join(", ")}] and [${b.shape.join(", ")}] differ in the inner axis`,
    );
  }
  const batch = broadcastShape("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = array64([...batch, m, n]);
  const strides = stridesOf(batch);
  const aStrides = broadcastStrides(a.shape.slice(0, -2), batch);
  const bStrides = broadcastStrides(b.shape.slice(0, -2), batch);
  for (let i = 0; i < sizeOf(batch); i++) {
    let [p, q] = [0, 0];
    batch.forEach((size, d) => {
      const index = Math.floor(i / (strides[d] as number)) % size;
      p += index * (aStrides[d] as number);
      q += index * (bStrides[d] as number);
    });
    gemm([m, k, n], a.data, p * m * k, b.data, q * k * n, out.data, i * m * n);
  }
  return out;
}
