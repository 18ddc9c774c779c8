import type { Rng } from "@daily-kernel/compute";
import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { type Argument, data } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

type Shape = readonly number[];

const triples = [
  [1, 1, 1],
  [1, 7, 3],
  [13, 1, 5],
  [33, 17, 65],
  [31, 129, 37],
] as const;

type Product = Readonly<Record<"M" | "N" | "K", number>>;

function product(
  name: string,
  title: string,
  dims: Product,
  compute: (ops: Ops, a: Array64, b: Array64) => Array64 = (ops, a, b) => ops.matmul(a, b),
  transposed: { readonly a?: boolean; readonly b?: boolean } = {},
) {
  return defineTask({
    id: `matmul/${name}`,
    title,
    dims,
    shapes: triples.map(([m, k, n]) => [m, n, k]),
    inputs: ({ M, N, K }) => ({
      a: data(transposed.a ? [K, M] : [M, K]),
      b: data(transposed.b ? [N, K] : [K, N]),
    }),
    outputs: ({ M, N }) => ({ c: [M, N] }),
    reference: (ops, [a, b]) => compute(ops, a, b),
    flops: ({ M, N, K }) => 2 * M * N * K,
  });
}

/** Both factors square and of a form that a kernel may use; `form` sets element (i, j) from two drawn ones. */
function square(
  name: string,
  title: string,
  form: (x: number, mirrored: number, i: number, j: number) => number,
  compute: (ops: Ops, a: Array64, b: Array64) => Array64,
) {
  const factor = (n: number): Argument => {
    const usual = data([n, n]);
    return {
      ...usual,
      draw(family, rng: Rng, shape: Shape) {
        const x = usual.draw(family, rng, shape);
        return Float32Array.from({ length: n * n }, (_, k) => {
          const [i, j] = [Math.floor(k / n), k % n];
          return form(x[k] as number, x[j * n + i] as number, i, j);
        });
      },
    };
  };
  return defineTask({
    id: `matmul/${name}`,
    title,
    dims: { N: 4096 },
    shapes: [[1], [2], [7], [33], [65], [97]],
    inputs: ({ N }) => ({ a: factor(N), b: factor(N) }),
    outputs: ({ N }) => ({ c: [N, N] }),
    reference: (ops, [a, b]) => compute(ops, a, b),
    flops: ({ N }) => 2 * N ** 3,
  });
}

/** Products of matrices; dims in the order M, N, K where there are three. */
export const matmulTasks = [
  defineTask({
    id: "matmul/batched_matrix_multiplication",
    title: "c[i] = a[i] b[i] for a batch of matrices",
    dims: { batch: 128, M: 512, N: 2048, K: 1024 },
    shapes: [
      [1, 1, 1, 1],
      [3, 5, 7, 1],
      [2, 17, 9, 33],
      [5, 31, 16, 29],
    ],
    inputs: ({ batch, M, N, K }) => ({ a: data([batch, M, K]), b: data([batch, K, N]) }),
    outputs: ({ batch, M, N }) => ({ c: [batch, M, N] }),
    reference: (ops, [a, b]) => ops.matmul(a, b),
    flops: ({ batch, M, N, K }) => 2 * sizeOf([batch, M, N, K]),
  }),
  defineTask({
    id: "matmul/four_dim_tensor_matrix_multiplication",
    title: "c[b, i, j, k] = sum over l of a[b, i, j, l] m[l, k]",
    dims: { b: 8, i: 256, j: 512, l: 256, k: 768 },
    shapes: [
      [1, 1, 1, 1, 1],
      [2, 3, 5, 7, 11],
      [1, 4, 9, 33, 17],
      [3, 2, 8, 65, 5],
    ],
    inputs: ({ b, i, j, l, k }) => ({ a: data([b, i, j, l]), m: data([l, k]) }),
    outputs: ({ b, i, j, k }) => ({ c: [b, i, j, k] }),
    reference: (ops, [a, m]) => ops.matmul(a, m),
    flops: ({ b, i, j, l, k }) => 2 * sizeOf([b, i, j, l, k]),
  }),
  square(
    "matmul_for_lower_triangular_matrices",
    "c = a b for lower triangular a and b; zeros above the diagonal",
    (x, _, i, j) => (j <= i ? x : 0),
    (ops, a, b) => ops.tril(ops.matmul(a, b)),
  ),
  square(
    "matmul_for_symmetric_matrices",
    "c = a b for symmetric a and b; c is not symmetric",
    (x, mirrored) => (x + mirrored) / 2,
    (ops, a, b) => ops.matmul(a, b),
  ),
  square(
    "matmul_for_upper_triangular_matrices",
    "c = a b for upper triangular a and b; zeros below the diagonal",
    (x, _, i, j) => (j >= i ? x : 0),
    (ops, a, b) => ops.triu(ops.matmul(a, b)),
  ),
  defineTask({
    id: "matmul/matmul_with_diagonal_matrices",
    title: "c[i, j] = a[i] b[i, j]: a diagonal matrix, given as its diagonal, times b",
    dims: { M: 4096, N: 4096 },
    shapes: [
      [1, 1],
      [7, 1],
      [1, 13],
      [33, 65],
      [5, 129],
    ],
    inputs: ({ M, N }) => ({ a: data([N]), b: data([N, M]) }),
    outputs: ({ M, N }) => ({ c: [N, M] }),
    reference: (ops, [a, b]) => ops.mul(ops.unsqueeze(a, 1), b),
    flops: ({ M, N }) => M * N,
  }),
  product("matmul_with_irregular_shapes", "c = a b", { M: 8205, N: 5921, K: 2949 }),
  product("matmul_with_large_k_dimension", "c = a b, K far larger than M and N", {
    M: 256,
    N: 256,
    K: 524288,
  }),
  product("matmul_with_small_k_dimension", "c = a b, K far smaller than M and N", {
    M: 32768,
    N: 32768,
    K: 64,
  }),
  product(
    "matmul_with_transposed_a",
    "c = a^T b for a [K, M]",
    { M: 2048, N: 4096, K: 8192 },
    (ops, a, b) => ops.matmul(ops.transpose(a), b),
    { a: true },
  ),
  product(
    "matmul_with_transposed_b",
    "c = a b^T for b [N, K]",
    { M: 2048, N: 4096, K: 8192 },
    (ops, a, b) => ops.matmul(a, ops.transpose(b)),
    { b: true },
  ),
  product(
    "matmul_with_transposed_both",
    "c = a^T b^T for a [K, M] and b [N, K]",
    { M: 2048, N: 4096, K: 8192 },
    (ops, a, b) => ops.matmul(ops.transpose(a), ops.transpose(b)),
    { a: true, b: true },
  ),
  defineTask({
    id: "matmul/matrix_vector_multiplication",
    title: "c[M, 1] = a[M, K] b[K, 1]",
    dims: { M: 2048, K: 1048576 },
    shapes: [
      [1, 1],
      [1, 13],
      [17, 1],
      [33, 129],
      [5, 257],
    ],
    inputs: ({ M, K }) => ({ a: data([M, K]), b: data([K, 1]) }),
    outputs: ({ M }) => ({ c: [M, 1] }),
    reference: (ops, [a, b]) => ops.matmul(a, b),
    flops: ({ M, K }) => 2 * M * K,
  }),
  defineTask({
    id: "matmul/square_matrix_multiplication",
    title: "c = a b, all square",
    dims: { N: 4096 },
    shapes: [[1], [2], [7], [33], [64], [97]],
    inputs: ({ N }) => ({ a: data([N, N]), b: data([N, N]) }),
    outputs: ({ N }) => ({ c: [N, N] }),
    reference: (ops, [a, b]) => ops.matmul(a, b),
    flops: ({ N }) => 2 * N ** 3,
  }),
  product("standard_matrix_multiplication", "c = a b", { M: 2048, N: 4096, K: 8192 }),
  defineTask({
    id: "matmul/tall_skinny_matrix_multiplication",
    title: "c[M, M] = a[M, N] b[N, M], N far smaller than M",
    dims: { M: 32768, N: 32 },
    shapes: [
      [1, 1],
      [13, 1],
      [33, 7],
      [65, 31],
      [97, 32],
    ],
    inputs: ({ M, N }) => ({ a: data([M, N]), b: data([N, M]) }),
    outputs: ({ M }) => ({ c: [M, M] }),
    reference: (ops, [a, b]) => ops.matmul(a, b),
    flops: ({ M, N }) => 2 * M * M * N,
  }),
  defineTask({
    id: "matmul/three_dim_tensor_matrix_multiplication",
    title: "c[n, m, l] = sum over k of a[n, m, k] b[k, l]",
    dims: { N: 16, M: 1024, K: 2048, L: 768 },
    shapes: [
      [1, 1, 1, 1],
      [3, 5, 7, 2],
      [2, 17, 33, 9],
      [5, 8, 65, 31],
    ],
    inputs: ({ N, M, K, L }) => ({ a: data([N, M, K]), b: data([K, L]) }),
    outputs: ({ N, M, L }) => ({ c: [N, M, L] }),
    reference: (ops, [a, b]) => ops.matmul(a, b),
    flops: ({ N, M, K, L }) => 2 * sizeOf([N, M, K, L]),
  }),
];
