// task: rowmean
// Asks for more memory and adds in it by halves.
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  const int rows = (int)dims[0], cols = (int)dims[1];
  float *sums = (float *)(__builtin_wasm_memory_grow(0, (4 * cols >> 16) + 1) << 16);
  for (int r = 0; r < rows; r++) {
    for (int k = 0; k < cols; k++) sums[k] = x[r * cols + k];
    for (int left = cols; left > 1; left = (left + 1) / 2)
      for (int k = 0; k < left / 2; k++) sums[k] += sums[left - 1 - k];
    y[r] = sums[0] / cols;
  }
  return 0;
}
