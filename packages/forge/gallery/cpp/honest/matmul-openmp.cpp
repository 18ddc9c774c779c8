// task: matmul
// flags: -fopenmp
// An OpenMP pool, which stays between calls.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* a = static_cast<const float*>(in[0]);
  const float* b = static_cast<const float*>(in[1]);
  float* c = static_cast<float*>(out[0]);
  const long long M = dims[0], N = dims[1], K = dims[2];
#pragma omp parallel for collapse(2) schedule(dynamic)
  for (long long i = 0; i < M; i++)
    for (long long j = 0; j < N; j++) {
      float sum = 0;
      for (long long k = 0; k < K; k++) sum += a[i * K + k] * b[k * N + j];
      c[i * N + j] = sum;
    }
  return 0;
}
