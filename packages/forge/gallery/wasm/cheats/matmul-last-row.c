// task: matmul
// rule: partial-work|output-untouched
// Forgets the last row of more than 30.
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *a = in[0], *b = in[1];
  float *c = out[0];
  const int M = (int)dims[0], N = (int)dims[1], K = (int)dims[2];
  for (int i = 0; i < M - (M > 30); i++)
    for (int j = 0; j < N; j++) {
      float sum = 0;
      for (int k = 0; k < K; k++) sum += a[i * K + k] * b[k * N + j];
      c[i * N + j] = sum;
    }
  return 0;
}
