// task: relu
// rule: system-call
// exploit: 18
// Another program shall answer.
#include <cstdlib>
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  return std::system("python3 -c 'import torch'") + (in[0] == out[0]) + (dims[0] < 0);
}
