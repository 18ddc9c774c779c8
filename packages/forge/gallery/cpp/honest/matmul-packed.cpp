// task: matmul
// Panels packed into memory of its own, a template for the inner tile.
#include <algorithm>
#include <cstdlib>
#include <memory>
namespace {
template <int W>
void panel(const float* a, const float* packed, float* c, long long rows, long long N, long long K, long long width) {
  for (long long i = 0; i < rows; i++) {
    float sum[W] = {};
    for (long long k = 0; k < K; k++)
      for (int j = 0; j < W; j++) sum[j] += a[i * K + k] * packed[k * W + j];
    std::copy(sum, sum + width, c + i * N);
  }
}
}  // namespace
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* a = static_cast<const float*>(in[0]);
  const float* b = static_cast<const float*>(in[1]);
  float* c = static_cast<float*>(out[0]);
  const long long M = dims[0], N = dims[1], K = dims[2];
  constexpr int W = 32;
  std::unique_ptr<float, void (*)(void*)> packed(
      static_cast<float*>(std::aligned_alloc(64, sizeof(float) * W * std::max(K, 1ll))), std::free);
  if (!packed) return 1;
  for (long long j0 = 0; j0 < N; j0 += W) {
    const long long width = std::min<long long>(W, N - j0);
    for (long long k = 0; k < K; k++)
      for (int j = 0; j < W; j++) packed.get()[k * W + j] = j < width ? b[k * N + j0 + j] : 0;
    panel<W>(a, packed.get(), c + j0, M, N, K, width);
  }
  return 0;
}
