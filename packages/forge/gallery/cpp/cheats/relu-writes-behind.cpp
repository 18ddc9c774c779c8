// task: relu
// rule: out-of-bounds
// exploit: 19
// One element too many.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  for (long long i = 0; i <= n; i++) y[i] = i < n && x[i] > 0 ? x[i] : 0;
  return 0;
}
