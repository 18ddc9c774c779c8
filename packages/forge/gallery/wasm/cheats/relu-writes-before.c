// task: relu
// rule: out-of-bounds
// One element too early.
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int n = (int)dims[0];
  for (int i = n - 1; i >= -1; i--) y[i] = x[i] > 0 ? x[i] : 0;
  return 0;
}
