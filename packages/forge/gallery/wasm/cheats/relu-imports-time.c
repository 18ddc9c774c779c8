// task: relu
// rule: compile-error
// Declares a function that somebody might give it.
__attribute__((import_module("env"), import_name("now"))) double now(void);
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int n = (int)dims[0];
  if (now() < 0) return 1;
  for (int i = 0; i < n; i++) y[i] = x[i] > 0 ? x[i] : 0;
  return 0;
}
