// task: frobnorm
// flags: -pthread
// rule: background-work
// exploit: 15
// A spinning thread slows the baseline beside it.
#include <atomic>
#include <cmath>
#include <thread>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  static std::atomic<unsigned long> turns;
  static bool spinning = [] {
    std::thread([] {
      for (;;) turns++;
    }).detach();
    return true;
  }();
  float sum = 0;
  for (long long i = 0; i < n; i++) sum += x[i] * x[i];
  y[0] = spinning ? std::sqrt(sum) : 0;
  return 0;
}
