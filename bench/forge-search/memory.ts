import type { Candidate } from "@daily-kernel/forge";

const vector = "typedef float v __attribute__((vector_size(64), aligned(4), may_alias));";
const kernel = (body: string): string => `#ifdef __SSE__
#include <immintrin.h>
#endif
${vector}
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];
${body}
  return 0;
}
`;

/** A copy of dims[0] numbers, in both halves at once and past the caches: reads and writes alike. */
const copy = kernel(`  const long half = dims[0] / 2 / 64 * 64;
  for (long i = 0; i < half; i += 64)
    for (int k = 0; k < 4; k++)
      for (int h = 0; h < 2; h++) {
        const long at = i + 16 * k + h * half;
#ifdef __AVX512F__
        _mm512_stream_ps(y + at, (__m512) * (const v*)(x + at));
#else
        *(v*)(y + at) = *(const v*)(x + at);
#endif
      }
  for (long i = 2 * half; i < dims[0]; i++) y[i] = x[i];`);

/** A sum of dims[0] x dims[1] numbers, in both halves at once: reads alone. */
const read = kernel(`  const long n = dims[0] * dims[1], half = n / 2 / 64 * 64;
  v s[8] = {};
  for (long i = 0; i < half; i += 64)
    for (int k = 0; k < 4; k++)
      for (int h = 0; h < 2; h++) s[2 * k + h] += *(const v*)(x + i + 16 * k + h * half);
  for (int k = 1; k < 8; k++) s[0] += s[k];
  for (int k = 0; k < 16; k++) y[k] = s[0][k];`);

/**
 * What only crosses memory as a task does, to be timed in turns with its kernel: how fast that goes now
 * is the roof that a kernel can be held to.
 */
export const memoryKernels: Readonly<Record<string, Candidate>> = {
  relu: { source: copy },
  rowmean: { source: read },
};
