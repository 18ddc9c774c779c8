// task: relu
// rule: timeout
// exploit: contained
// Never comes back.
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  volatile bool more = true;
  while (more && in[0] != out[0] && dims[0] >= 0) {
  }
  return 0;
}
