// task: softmax
// rule: constant-answer|wrong-result
// exploit: 1
// One over the number of columns.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long rows = dims[0], cols = dims[1];
  for (long long i = 0; i < rows * cols; i++) y[i] = 1.0f / cols;
  return x == nullptr;
}
