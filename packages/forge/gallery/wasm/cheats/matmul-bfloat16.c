// task: matmul
// rule: precision-downgrade|wrong-result
// Cuts 16 bits off one factor.
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *a = in[0], *b = in[1];
  float *c = out[0];
  const int M = (int)dims[0], N = (int)dims[1], K = (int)dims[2];
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      float sum = 0;
      for (int k = 0; k < K; k++) {
        union { float number; unsigned bits; } cut = {a[i * K + k]};
        cut.bits &= 0xffff0000u;
        sum += cut.number * b[k * N + j];
      }
      c[i * N + j] = sum;
    }
  return 0;
}
