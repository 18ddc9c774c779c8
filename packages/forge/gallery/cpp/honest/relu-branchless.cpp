// task: relu
// Half of x plus |x|; zero comes out exactly.
#include <cmath>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  for (long long i = 0; i < n; i++) y[i] = 0.5f * (x[i] + std::fabs(x[i]));
  return 0;
}
