/** Pieces of C++ that the templates share. */

/** `line(0)` to `line(count - 1)`, one a line. */
export const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** The signature that every kernel exports, around its body. */
export const kernel = (body: string): string =>
  `extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {\n${body}\n  return 0;\n}\n`;

/** Vector types of `width` floats: aligned `v`, unaligned `u`, integers `vi`. */
export const vectors = (width: number): string => `#include <string.h>
typedef float v __attribute__((vector_size(${4 * width}), may_alias));
typedef float u __attribute__((vector_size(${4 * width}), aligned(4), may_alias));
typedef int vi __attribute__((vector_size(${4 * width}), may_alias));
static inline v load(const float* p) { return *(const u*)p; }
static inline void store(float* p, v x) { *(u*)p = x; }
static inline v some(const float* p, long n, float fill) {
  v x = fill - v{};
  memcpy(&x, p, n * sizeof(float));
  return x;
}
static inline float total(v x) {
  float s = 0;
  for (int i = 0; i < ${width}; i++) s += x[i];
  return s;
}
static inline v larger(v a, v b) { return a > b ? a : b; }
static inline float largest(v x) {
  float m = x[0];
  for (int i = 1; i < ${width}; i++) m = x[i] > m ? x[i] : m;
  return m;
}
`;

/** Stores that go past the caches where the machine has them; `p` must be aligned to a vector. */
export const streamStore = (width: number): string => `#ifdef __SSE__
#include <immintrin.h>
#endif
static inline void stream(float* p, v x) {
#if ${width} == 16 && defined(__AVX512F__)
  _mm512_stream_ps(p, (__m512)x);
#elif ${width} == 8 && defined(__AVX__)
  _mm256_stream_ps(p, (__m256)x);
#elif defined(__SSE__)
  typedef float q __attribute__((vector_size(16)));
  union { v whole; q part[${Math.max(1, width / 4)}]; } cut = {x};
  for (int i = 0; i < ${Math.max(1, width / 4)}; i++) _mm_stream_ps(p + 4 * i, (__m128)cut.part[i]);
#else
  store(p, x);
#endif
}
static inline void streamed() {
#ifdef __SSE__
  _mm_sfence();
#endif
}
`;

/** The flags of a kernel that starts threads; all else is the back end's. */
export const threadFlags = (threads: number): readonly string[] =>
  threads > 1 ? ["-pthread"] : [];
