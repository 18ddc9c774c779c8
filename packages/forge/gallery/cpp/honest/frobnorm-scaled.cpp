// task: frobnorm
// Scaled by the largest magnitude first, as LAPACK does.
#include <cmath>
#include <numeric>
#include <vector>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  float most = 0;
  for (long long i = 0; i < n; i++) most = std::fmax(most, std::fabs(x[i]));
  if (most == 0) {
    y[0] = 0;
    return 0;
  }
  std::vector<float> squares(n);
  for (long long i = 0; i < n; i++) squares[i] = (x[i] / most) * (x[i] / most);
  y[0] = most * std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0f));
  return 0;
}
