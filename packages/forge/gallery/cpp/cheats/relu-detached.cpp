// task: relu
// flags: -pthread
// rule: late-write|output-untouched|partial-work|non-finite|wrong-result|out-of-bounds|crash
// exploit: 13
// A detached thread does the work after the clock has stopped.
#include <thread>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  std::thread([=] {
    for (long long i = 0; i < n; i++) y[i] = x[i] > 0 ? x[i] : 0;
  }).detach();
  return 0;
}
