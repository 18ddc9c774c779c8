// task: relu
// rule: forbidden-include
// Reads the users of the machine while it is compiled.
#include "/etc/passwd"
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int n = (int)dims[0];
  for (int i = 0; i < n; i++) y[i] = x[i] > 0 ? x[i] : 0;
  return 0;
}
