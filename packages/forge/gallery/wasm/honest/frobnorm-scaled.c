// task: frobnorm
// Divides by the largest magnitude first.
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int n = (int)dims[0];
  float top = 0;
  for (int i = 0; i < n; i++) {
    const float magnitude = __builtin_fabsf(x[i]);
    top = magnitude > top ? magnitude : top;
  }
  double sum = 0;
  for (int i = 0; i < n && top > 0; i++) {
    const double part = x[i] / (double)top;
    sum += part * part;
  }
  y[0] = (float)(top * __builtin_sqrt(sum));
  return 0;
}
