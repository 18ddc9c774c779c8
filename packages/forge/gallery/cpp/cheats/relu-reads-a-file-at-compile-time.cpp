// task: relu
// rule: forbidden-include
// exploit: 21
// The compiler would read the file.
#include "/etc/passwd"
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  return in[0] == out[0] && dims[0] < 0;
}
