import { type Matrix, matmul, matrix } from "@daily-kernel/compute";
import type { StateBatch } from "../simulator/state-vector.ts";

/** <a_i|b_j>, real and imaginary parts: one product of real matrices, 8 m n 2^qubits operations. */
export function innerProducts(a: StateBatch, b: StateBatch): { re: Matrix; im: Matrix } {
  const [m, n, d] = [a.re.rows, b.re.rows, a.re.cols];
  const left = matrix(m, 2 * d);
  for (let i = 0; i < m; i++) {
    left.data.set(a.re.data.subarray(i * d, (i + 1) * d), 2 * i * d);
    left.data.set(a.im.data.subarray(i * d, (i + 1) * d), (2 * i + 1) * d);
  }
  // below the rows of b those of -i b, for the imaginary part
  const right = matrix(2 * n, 2 * d);
  for (let j = 0; j < n; j++) {
    const re = b.re.data.subarray(j * d, (j + 1) * d);
    const im = b.im.data.subarray(j * d, (j + 1) * d);
    right.data.set(re, 2 * j * d);
    right.data.set(im, (2 * j + 1) * d);
    right.data.set(im, 2 * (n + j) * d);
    const minus = right.data.subarray((2 * (n + j) + 1) * d, (2 * (n + j) + 2) * d);
    for (let k = 0; k < d; k++) minus[k] = -re[k]!;
  }
  const products = matmul(left, right, { transposeB: true }).data;
  const out = { re: matrix(m, n), im: matrix(m, n) };
  for (let i = 0; i < m; i++) {
    out.re.data.set(products.subarray(2 * i * n, (2 * i + 1) * n), i * n);
    out.im.data.set(products.subarray((2 * i + 1) * n, (2 * i + 2) * n), i * n);
  }
  return out;
}

/** |<a_i|b_j>|^2. */
export function fidelities(a: StateBatch, b: StateBatch): Matrix {
  const { re, im } = innerProducts(a, b);
  const squares = re.data.map((value, k) => Math.min(1, value * value + im.data[k]! ** 2));
  return { ...re, data: squares };
}
