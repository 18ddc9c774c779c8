// task: frobnorm
// flags: -fopenmp -ffast-math
// A parallel reduction, whose bits depend on the order of the threads.
#include <cmath>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  float sum = 0;
#pragma omp parallel for reduction(+ : sum)
  for (long long i = 0; i < n; i++) sum += x[i] * x[i];
  y[0] = std::sqrt(sum);
  return 0;
}
