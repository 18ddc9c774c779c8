// task: softmax
// An exponential of its own in a class with a constructor.
namespace {
/** e^t of numbers that are not positive. */
class Exponential {
 public:
  Exponential() {
    double power = 1;
    for (double& each : powers_) each = power, power /= 2;
  }
  double operator()(float t) const {
    if (t < -103) return 0;
    const double scaled = t * 1.4426950408889634, whole = __builtin_ceil(scaled);
    const double u = (scaled - whole) * 0.6931471805599453;
    double series = 1;
    for (int k = 12; k > 0; k--) series = 1 + u / k * series;
    return series * powers_[static_cast<int>(-whole)];
  }

 private:
  double powers_[151];
};
const Exponential exponential;
}  // namespace
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const int rows = (int)dims[0], cols = (int)dims[1];
  for (int r = 0; r < rows; r++) {
    const float* from = x + r * cols;
    float top = from[0];
    for (int k = 1; k < cols; k++) top = from[k] > top ? from[k] : top;
    double sum = 0;
    for (int k = 0; k < cols; k++) sum += exponential(from[k] - top);
    for (int k = 0; k < cols; k++) y[r * cols + k] = static_cast<float>(exponential(from[k] - top) / sum);
  }
  return 0;
}
