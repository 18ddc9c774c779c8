// task: rowmean
// Compensated summation.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long rows = dims[0], cols = dims[1];
  for (long long r = 0; r < rows; r++) {
    float sum = 0, lost = 0;
    for (long long k = 0; k < cols; k++) {
      const float term = x[r * cols + k] - lost;
      const float next = sum + term;
      lost = (next - sum) - term;
      sum = next;
    }
    y[r] = sum / cols;
  }
  return 0;
}
