// task: softmax
// One pass with a running maximum, which rescales the sum.
#include <cmath>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long rows = dims[0], cols = dims[1];
  for (long long r = 0; r < rows; r++) {
    const float* v = x + r * cols;
    float max = -INFINITY, sum = 0;
    for (long long k = 0; k < cols; k++) {
      if (v[k] > max) {
        sum *= std::exp(max - v[k]);
        max = v[k];
      }
      sum += std::exp(v[k] - max);
    }
    for (long long k = 0; k < cols; k++) y[r * cols + k] = std::exp(v[k] - max) / sum;
  }
  return 0;
}
