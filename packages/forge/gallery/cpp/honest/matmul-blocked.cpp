// task: matmul
// Cache blocks over all three loops, sums kept in the output.
#include <algorithm>
#include <cstring>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* a = static_cast<const float*>(in[0]);
  const float* b = static_cast<const float*>(in[1]);
  float* c = static_cast<float*>(out[0]);
  const long long M = dims[0], N = dims[1], K = dims[2];
  const float* __restrict left = a;
  const float* __restrict right = b;
  float* __restrict result = c;
  std::memset(c, 0, sizeof(float) * M * N);
  constexpr long long B = 48;
  for (long long i0 = 0; i0 < M; i0 += B)
    for (long long k0 = 0; k0 < K; k0 += B)
      for (long long j0 = 0; j0 < N; j0 += B)
        for (long long i = i0; i < std::min(i0 + B, M); i++)
          for (long long k = k0; k < std::min(k0 + B, K); k++)
            for (long long j = j0; j < std::min(j0 + B, N); j++)
              result[i * N + j] += left[i * K + k] * right[k * N + j];
  return 0;
}
