// task: softmax
// An exponential by a static table and a polynomial of its own.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
namespace {
// 2^(j/32), built when the object is loaded.
const std::array<float, 32> table = [] {
  std::array<float, 32> t{};
  for (int j = 0; j < 32; j++) t[j] = std::exp2(j / 32.0);
  return t;
}();
float expNegative(float x) {
  if (x < -87.0f) return 0;
  const float scaled = x * 46.166241f;
  const int whole = static_cast<int>(scaled - 0.5f);
  const float rest = x - whole * 0.02166748046875f + whole * 6.6310763e-06f;
  const float p = 1 + rest * (1 + rest * (0.5f + rest * (1 / 6.0f + rest / 24)));
  const int high = whole >> 5, low = whole & 31;
  return p * table[low] * std::bit_cast<float>(static_cast<std::uint32_t>(high + 127) << 23);
}
}  // namespace
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long rows = dims[0], cols = dims[1];
  for (long long r = 0; r < rows; r++) {
    const float* v = x + r * cols;
    float max = v[0];
    double sum = 0;
    for (long long k = 1; k < cols; k++) max = v[k] > max ? v[k] : max;
    for (long long k = 0; k < cols; k++) sum += y[r * cols + k] = expNegative(v[k] - max);
    for (long long k = 0; k < cols; k++) y[r * cols + k] = static_cast<float>(y[r * cols + k] / sum);
  }
  return 0;
}
