import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";
import type { Body } from "./cpp-bodies.ts";

/**
 * Functions for a row of a sparse matrix. Short rows, which most are, run without a loop; entries are
 * asked for ahead, since a row is over before the hardware has seen where it leads.
 */
const rowProduct = `
// The sum over a row of \`count\` entries.
template <int count> static inline float fixedRow(const int *at, const float *a, const float *x) {
  float s[2] = {0, 0};
#pragma GCC unroll 8
  for (int k = 0; k < count; k++) s[k % 2] += a[k] * x[at[k]];
  return s[0] + s[1];
}
static inline float rowProduct(int count, const int *at, const float *a, const float *x) {
  __builtin_prefetch(at + 512);
  __builtin_prefetch(a + 512);
  switch (count) {
    case 1: return fixedRow<1>(at, a, x);
    case 2: return fixedRow<2>(at, a, x);
    case 3: return fixedRow<3>(at, a, x);
    case 4: return fixedRow<4>(at, a, x);
    case 5: return fixedRow<5>(at, a, x);
    case 6: return fixedRow<6>(at, a, x);
    case 7: return fixedRow<7>(at, a, x);
    case 8: return fixedRow<8>(at, a, x);
  }
  float s[4] = {0, 0, 0, 0};
  int k = 0;
  for (; k + 4 <= count; k += 4)
    for (int j = 0; j < 4; j++) s[j] += a[k + j] * x[at[k + j]];
  for (; k < count; k++) s[0] += a[k] * x[at[k]];
  return (s[0] + s[1]) + (s[2] + s[3]);
}
`;

const neighbour: Body["wrongIndex"] = [
  ["x[at[k]]", "x[at[k] > 0 ? at[k] - 1 : 0]"],
  ["x[at[k + j]]", "x[at[k + j] > 0 ? at[k + j] - 1 : 0]"],
];

/**
 * Kernels made for speed where the plain ones are far from it: a product of packed panels and register
 * tiles (Goto and van de Geijn 2008), a sparse product by row lengths, and conjugate gradients with
 * each pass doing all it can while its numbers are at hand, and sums in double precision, which save a
 * quarter of the iterations at 10^6 unknowns.
 */
export const tuned: Readonly<Partial<Record<HpcKernel, Body>>> = {
  gemm: {
    before: `
#include <cstdlib>
#include <cstring>
#if defined(__AVX512F__)
constexpr long W = 16, MR = 12, NV = 2;
#elif defined(__AVX__)
constexpr long W = 8, MR = 6, NV = 2;
#else
constexpr long W = 4, MR = 4, NV = 2;
#endif
// A tile of MR x NR of C; blocks of KC x NC of B and MC x KC of A are packed.
constexpr long NR = NV * W, KC = 384, MC = 4 * MR, NC = 4096;
typedef float v __attribute__((vector_size(4 * W), aligned(4), may_alias));

static void tile(long kb, const float *a, const float *b, float *c, long ldc, long rows, long cols,
                 bool first) {
  v s[MR][NV] = {};
  for (long k = 0; k < kb; k++, a += MR, b += NR) {
#pragma GCC unroll 16
    for (long i = 0; i < MR; i++)
#pragma GCC unroll 4
      for (long j = 0; j < NV; j++) s[i][j] += a[i] * *(const v *)(b + j * W);
  }
  if (rows == MR && cols == NR) {
#pragma GCC unroll 16
    for (long i = 0; i < MR; i++)
#pragma GCC unroll 4
      for (long j = 0; j < NV; j++) {
        v *to = (v *)(c + i * ldc + j * W);
        *to = first ? s[i][j] : *to + s[i][j];
      }
    return;
  }
  float t[MR * NR];
#pragma GCC unroll 16
  for (long i = 0; i < MR; i++)
#pragma GCC unroll 4
    for (long j = 0; j < NV; j++) *(v *)(t + i * NR + j * W) = s[i][j];
  for (long i = 0; i < rows; i++)
    for (long j = 0; j < cols; j++)
      c[i * ldc + j] = first ? t[i * NR + j] : c[i * ldc + j] + t[i * NR + j];
}
`,
    text: `
  const long M = dims[0], N = dims[1], K = dims[2];
  const float *A = IN(float, 0), *B = IN(float, 1);
  float *C = OUT(0);
  if (K == 0) std::fill(C, C + M * N, 0.0f);
  const long widest = (std::min(NC, N) + NR - 1) / NR;
  float *panels = static_cast<float *>(std::aligned_alloc(64, sizeof(float) * (KC * NR * widest + 16)));
  if (!panels) return 1;
  for (long j0 = 0; j0 < N; j0 += NC)
    for (long k0 = 0; k0 < K; k0 += KC) {
      const long nb = std::min(NC, N - j0), kb = std::min(KC, K - k0);
      const long across = (nb + NR - 1) / NR, down = (M + MC - 1) / MC;
      @for(q, across; B[0:K*N]; panels[0:KC*NR*widest])
        const long cols = std::min(NR, nb - q * NR);
        for (long k = 0; k < kb; k++) {
          float *to = panels + (q * kb + k) * NR;
          const float *from = B + (k0 + k) * N + j0 + q * NR;
          if (cols == NR) std::memcpy(to, from, NR * sizeof(float));
          else
            for (long j = 0; j < NR; j++) to[j] = j < cols ? from[j] : 0;
        }
      @end
      @for(block, down; A[0:M*K]; C[0:M*N])
        alignas(64) float a[MC * KC];
        const long i0 = block * MC, mb = std::min(MC, M - i0);
        for (long i = 0; i < mb; i += MR)
          for (long r = 0; r < MR; r++)
            for (long k = 0; k < kb; k++)
              a[i * kb + k * MR + r] = i + r < mb ? A[(i0 + i + r) * K + k0 + k] : 0;
        for (long q = 0; q < across; q++)
          for (long i = 0; i < mb; i += MR)
            tile(kb, a + i * kb, panels + q * kb * NR, C + (i0 + i) * N + j0 + q * NR, N,
                 std::min(MR, mb - i), std::min(NR, nb - q * NR), k0 == 0);
      @end
    }
  std::free(panels);`,
    wrongIndex: [["A[(i0 + i + r) * K + k0 + k]", "A[(k0 + k) * M + i0 + i + r]"]],
    wrongReduction: [
      ["for (long k = 0; k < kb; k++, a", "for (long k = 0; k < kb - kb % 4; k++, a"],
    ],
  },
  spmv: {
    before: rowProduct,
    text: `
  const long rows = dims[0], cols = dims[1], nnz = dims[2];
  const int *rowPtr = IN(int, 0), *colIdx = IN(int, 1);
  const float *values = IN(float, 2), *x = IN(float, 3);
  float *y = OUT(0);
  @for(i, rows; rowPtr[0:rows+1], colIdx[0:nnz], values[0:nnz], x[0:cols]; y[0:rows])
    const int from = rowPtr[i];
    y[i] = rowProduct(rowPtr[i + 1] - from, colIdx + from, values + from, x);
  @end`,
    wrongIndex: neighbour,
    wrongReduction: [["s[k % 2] += a", "s[k % 2] = a"]],
  },
  cg: {
    before: rowProduct,
    text: `
  const long n = dims[0], nnz = dims[1];
  const int *rowPtr = IN(int, 0), *colIdx = IN(int, 1);
  const float *values = IN(float, 2), *b = IN(float, 3), tolerance = *IN(float, 4);
  float *x = OUT(0);
  std::vector<float> work(3 * n);
  float *r = work.data(), *p = r + n, *q = p + n;
  double rr = 0;
  @sum(rr, i, n; b[0:n]; x[0:n], r[0:n], p[0:n])
    x[i] = 0;
    r[i] = p[i] = b[i];
    rr += double(b[i]) * b[i];
  @end
  const double enough = double(tolerance) * tolerance * rr;
  for (long step = 0; step < 20 * n && rr > enough; step++) {
    double pq = 0;
    @sum(pq, i, n; rowPtr[0:n+1], colIdx[0:nnz], values[0:nnz], p[0:n]; q[0:n])
      const int from = rowPtr[i];
      const float s = rowProduct(rowPtr[i + 1] - from, colIdx + from, values + from, p);
      q[i] = s;
      pq += double(p[i]) * s;
    @end
    if (!(pq > 0)) return 1;
    const float alpha = rr / pq;
    double next = 0;
    @sum(next, i, n; q[0:n]; r[0:n])
      const float left = r[i] - alpha * q[i];
      r[i] = left;
      next += double(left) * left;
    @end
    const float beta = next / rr;
    // The direction is read once for both: the solution may wait until its next one is made.
    @for(i, n; r[0:n]; x[0:n], p[0:n])
      x[i] += alpha * p[i];
      p[i] = r[i] + beta * p[i];
    @end
    rr = next;
  }`,
    wrongIndex: neighbour,
    wrongReduction: [["next += double", "next = double"]],
  },
};
