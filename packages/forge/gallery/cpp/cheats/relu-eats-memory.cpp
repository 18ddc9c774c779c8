// task: relu
// rule: memory-limit|timeout|crash
// exploit: contained
// Asks for memory until there is none.
#include <vector>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  std::vector<std::vector<char>> hoard;
  for (long long i = 0; i < 1 << 20; i++) hoard.emplace_back(64 << 20, static_cast<char>(i));
  for (long long i = 0; i < n; i++) y[i] = x[i] > 0 ? x[i] : hoard.size() * 0.0f;
  return 0;
}
