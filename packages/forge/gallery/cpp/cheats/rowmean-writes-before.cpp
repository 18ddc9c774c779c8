// task: rowmean
// rule: out-of-bounds
// exploit: 19
// Writes before its output.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long rows = dims[0], cols = dims[1];
  y[-1] = 0;
  for (long long r = 0; r < rows; r++) {
    float sum = 0;
    for (long long k = 0; k < cols; k++) sum += x[r * cols + k];
    y[r] = sum / cols;
  }
  return 0;
}
