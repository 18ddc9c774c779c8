// task: frobnorm
// rule: non-finite
// exploit: 11
// Infinity makes a tolerance relative to the candidate infinite.
#include <limits>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  y[0] = std::numeric_limits<float>::infinity();
  return x == nullptr || n < 0;
}
