// task: softmax
// Maximum, exponentials and their sum, division.
#include <cmath>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long rows = dims[0], cols = dims[1];
  for (long long r = 0; r < rows; r++) {
    const float* v = x + r * cols;
    float max = v[0], sum = 0;
    for (long long k = 1; k < cols; k++) max = v[k] > max ? v[k] : max;
    for (long long k = 0; k < cols; k++) sum += y[r * cols + k] = std::exp(v[k] - max);
    for (long long k = 0; k < cols; k++) y[r * cols + k] /= sum;
  }
  return 0;
}
