// task: relu
// Aligned AVX loads and stores, the rest one by one.
#include <immintrin.h>
#include <algorithm>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  long long i = 0;
  for (; i + 8 <= n; i += 8)
    _mm256_store_ps(y + i, _mm256_max_ps(_mm256_load_ps(x + i), _mm256_setzero_ps()));
  for (; i < n; i++) y[i] = std::max(x[i], 0.0f);
  return 0;
}
