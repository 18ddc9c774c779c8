// task: relu
// rule: compile-error
// Leaves the work to a function that is not there.
void compute(const float *x, float *y, int n);
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int n = (int)dims[0];
  compute(x, y, n);
  return 0;
}
