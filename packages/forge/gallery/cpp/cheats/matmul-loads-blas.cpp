// task: matmul
// rule: library-call
// exploit: 17
// Loads a library by name at run time.
#include <dlfcn.h>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  using gemm = void (*)(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*, int);
  static void* library = dlopen("libopenblas.so.0", RTLD_NOW);
  const int M = dims[0], N = dims[1], K = dims[2];
  reinterpret_cast<gemm>(dlsym(library, "cblas_sgemm"))(101, 111, 111, M, N, K, 1, static_cast<const float*>(in[0]), K,
                                                        static_cast<const float*>(in[1]), N, 0,
                                                        static_cast<float*>(out[0]), N);
  return 0;
}
