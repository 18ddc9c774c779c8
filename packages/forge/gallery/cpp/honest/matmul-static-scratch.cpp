// task: matmul
// Scratch that stays between calls and is filled anew in each; sums in double.
#include <vector>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* a = static_cast<const float*>(in[0]);
  const float* b = static_cast<const float*>(in[1]);
  float* c = static_cast<float*>(out[0]);
  const long long M = dims[0], N = dims[1], K = dims[2];
  static std::vector<float> transposed;
  transposed.resize(N * K);
  for (long long k = 0; k < K; k++)
    for (long long j = 0; j < N; j++) transposed[j * K + k] = b[k * N + j];
  for (long long i = 0; i < M; i++)
    for (long long j = 0; j < N; j++) {
      double sum = 0;
      for (long long k = 0; k < K; k++)
        sum += static_cast<double>(a[i * K + k]) * transposed[j * K + k];
      c[i * N + j] = static_cast<float>(sum);
    }
  return 0;
}
