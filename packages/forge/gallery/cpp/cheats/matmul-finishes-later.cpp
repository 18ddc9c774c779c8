// task: matmul
// flags: -pthread
// rule: late-write|output-untouched|partial-work|non-finite|wrong-result|out-of-bounds|crash|thread-dependent
// exploit: 13
// Waits for one half only.
#include <thread>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* a = static_cast<const float*>(in[0]);
  const float* b = static_cast<const float*>(in[1]);
  float* c = static_cast<float*>(out[0]);
  const long long M = dims[0], N = dims[1], K = dims[2];
  auto half = [=](long long from, long long to) {
    for (long long i = from; i < to; i++)
      for (long long j = 0; j < N; j++) {
        float sum = 0;
        for (long long k = 0; k < K; k++) sum += a[i * K + k] * b[k * N + j];
        c[i * N + j] = sum;
      }
  };
  std::thread(half, M / 2, M).detach();
  half(0, M / 2);
  return 0;
}
