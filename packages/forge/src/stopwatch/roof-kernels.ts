import type { Candidate } from "../session/backend.ts";

/** Vectors of 64 bytes, whatever the machine has. */
const LANES = 16;
const CHAINS = 12;
/** Floating-point operations of one pass of the loop below. */
export const PEAK_FLOPS = 2 * LANES * CHAINS;

const each = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

const vector = `typedef float v __attribute__((vector_size(${4 * LANES})));
typedef float u __attribute__((vector_size(${4 * LANES}), aligned(4)));`;

const parallel = (body: string) => `#include <thread>
#include <vector>
${vector}
${body}
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const int threads = (int)dims[1];
  std::vector<std::thread> others;
  for (int t = 1; t < threads; t++) others.emplace_back(part, in, out, dims, t);
  part(in, out, dims, 0);
  for (auto& other : others) other.join();
  return 0;
}`;

/**
 * Fused multiply-adds in ${CHAINS} independent registers, enough to hide their latency: dims are
 * [passes, threads]; writes one number a thread, about 1.
 */
export const peakKernel: Candidate = {
  flags: ["-O3", "-march=native", "-pthread"],
  source:
    parallel(`static void part(const void* const* in, void* const* out, const long long* dims, int t) {
  const v start = v{} + ((const float*)in[0])[0];
  const v m = start * 0.5f, c = start * 0.5f;
  ${each(CHAINS, (i) => `v a${i} = start + ${i}e-3f;`)}
  for (long long k = 0; k < dims[0]; k++) {
    ${each(CHAINS, (i) => `a${i} = a${i} * m + c;`)}
    asm volatile("" : ${Array.from({ length: CHAINS }, (_, i) => `"+x"(a${i})`).join(", ")});
  }
  v sum = v{};
  ${each(CHAINS, (i) => `sum += a${i};`)}
  ((float*)out[0])[t] = sum[0] / ${CHAINS};
}`),
};

/** How the kernel below crosses memory: what a kernel can reach is the best of these. */
export const waysAcross = ["triad", "streaming triad", "sum", "streaming copy"] as const;

/**
 * a = b + 3 c (McCalpin's triad), the same with stores that go past the caches, a sum of b alone, or a
 * copy past the caches of both halves at once, which keeps two of the hardware's streams ahead: dims are [n, threads, passes, way].
 */
export const memoryKernel: Candidate = {
  flags: ["-O3", "-march=native", "-pthread"],
  source: parallel(`#ifdef __SSE__
#include <immintrin.h>
#endif
static inline void put(float* a, v x, bool past) {
#ifdef __AVX512F__
  if (past && ((unsigned long long)a & 63) == 0) {
    _mm512_stream_ps(a, (__m512)x);
    return;
  }
#endif
#ifdef __SSE__
  if (past && ((unsigned long long)a & 15) == 0) {
    typedef float q __attribute__((vector_size(16)));
    union { v whole; q part[4]; } cut = {x};
    for (int k = 0; k < 4; k++) _mm_stream_ps(a + 4 * k, (__m128)cut.part[k]);
    return;
  }
#endif
  *(u*)a = x;
}
template <bool past> static void triad(const float* b, const float* c, float* a, long long from, long long to) {
  long long i = from;
  for (; i + 64 <= to; i += 64) {
    ${each(4, (k) => `put(a + i + ${16 * k}, *(const u*)(b + i + ${16 * k}) + 3.0f * *(const u*)(c + i + ${16 * k}), past);`)}
  }
  for (; i < to; i++) a[i] = b[i] + 3.0f * c[i];
}
static void part(const void* const* in, void* const* out, const long long* dims, int t) {
  const long long n = dims[0], from = n * t / dims[1] / 16 * 16;
  const long long to = t + 1 == dims[1] ? n : n * (t + 1) / dims[1] / 16 * 16;
  const float *b = (const float*)in[0], *c = (const float*)in[1];
  float* a = (float*)out[0];
  for (long long pass = 0; pass < dims[2]; pass++) {
    if (dims[3] == 0) triad<false>(b, c, a, from, to);
    else if (dims[3] == 1) triad<true>(b, c, a, from, to);
    else if (dims[3] == 3) {
      const long long half = (to - from) / 2 / 64 * 64;
      long long i = from;
      for (; i < from + half; i += 64) {
        ${each(4, (k) => `put(a + i + ${16 * k}, *(const u*)(b + i + ${16 * k}), true);\nput(a + i + half + ${16 * k}, *(const u*)(b + i + half + ${16 * k}), true);`)}
      }
      for (i = from + 2 * half; i < to; i++) a[i] = b[i];
    } else {
      ${each(8, (k) => `v s${k} = v{};`)}
      for (long long i = from; i + 128 <= to; i += 128) {
        ${each(8, (k) => `s${k} += *(const u*)(b + i + ${16 * k});`)}
      }
      ${each(7, (k) => `s0 += s${k + 1};`)}
      a[from] = s0[0] + s0[9];
    }
    asm volatile("" ::: "memory");
  }
}`),
};
