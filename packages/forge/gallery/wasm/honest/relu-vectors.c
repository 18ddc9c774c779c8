// task: relu
// The vectors of the target, and the rest one by one.
#include <wasm_simd128.h>
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int n = (int)dims[0];
  int i = 0;
  for (; i + 4 <= n; i += 4)
    wasm_v128_store(y + i, wasm_f32x4_max(wasm_v128_load(x + i), wasm_f32x4_splat(0)));
  for (; i < n; i++) y[i] = x[i] > 0 ? x[i] : 0;
  return 0;
}
