// task: matmul
// Panels of one factor in static memory.
enum { DEPTH = 64, WIDTH = 64 };
static float panel[DEPTH][WIDTH];
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *a = in[0], *b = in[1];
  float *c = out[0];
  const int M = (int)dims[0], N = (int)dims[1], K = (int)dims[2];
  for (int k0 = 0; k0 < K; k0 += DEPTH) {
    const int depth = K - k0 < DEPTH ? K - k0 : DEPTH;
    for (int j0 = 0; j0 < N; j0 += WIDTH) {
      const int width = N - j0 < WIDTH ? N - j0 : WIDTH;
      for (int k = 0; k < depth; k++)
        for (int j = 0; j < width; j++) panel[k][j] = b[(k0 + k) * N + j0 + j];
      for (int i = 0; i < M; i++) {
        float *to = c + i * N + j0;
        if (k0 == 0)
          for (int j = 0; j < width; j++) to[j] = 0;
        for (int k = 0; k < depth; k++)
          for (int j = 0; j < width; j++) to[j] += a[i * K + k0 + k] * panel[k][j];
      }
    }
  }
  return 0;
}
