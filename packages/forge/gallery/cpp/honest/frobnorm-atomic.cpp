// task: frobnorm
// flags: -pthread
// Partial sums of three threads, added in whatever order.
#include <atomic>
#include <cmath>
#include <thread>
#include <vector>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  std::atomic<float> sum{0};
  std::vector<std::jthread> threads;
  for (int p = 0; p < 3; p++)
    threads.emplace_back([&, p] {
      float own = 0;
      for (long long i = p; i < n; i += 3) own += x[i] * x[i];
      sum.fetch_add(own);
    });
  threads.clear();
  y[0] = std::sqrt(sum.load());
  return 0;
}
