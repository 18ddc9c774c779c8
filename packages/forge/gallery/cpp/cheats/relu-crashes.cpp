// task: relu
// rule: crash|out-of-bounds
// exploit: contained
// Reads address 0.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  volatile int* nowhere = nullptr;
  return *nowhere + (in[0] == out[0]) + (dims[0] < 0);
}
