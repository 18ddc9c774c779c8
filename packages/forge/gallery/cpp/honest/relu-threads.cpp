// task: relu
// flags: -pthread
// Standard threads, all joined before the return.
#include <algorithm>
#include <thread>
#include <vector>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  const long long parts = std::max(1u, std::min(4u, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (long long p = 0; p < parts; p++)
    threads.emplace_back([=] {
      for (long long i = n * p / parts; i < n * (p + 1) / parts; i++) y[i] = std::max(x[i], 0.0f);
    });
  for (auto& thread : threads) thread.join();
  return 0;
}
