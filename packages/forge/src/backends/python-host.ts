import { cppLiteral } from "./cpp-literal.ts";

/** Python that turns addresses into arrays (inputs read-only) and calls the kernel. */
const bridge = `
import ctypes, sys, traceback
import numpy as np
kinds = [np.float32, np.int32, np.bool_]
def forge_array(address, d, at, writes):
    kind, size, rank = d[at], d[at + 1], d[at + 2]
    shape = tuple(d[at + 3 : at + 3 + rank])
    room = (ctypes.c_char * max(size, 1)).from_address(address)
    a = np.frombuffer(room, dtype=kinds[kind], count=size // np.dtype(kinds[kind]).itemsize).reshape(shape)
    if not writes:
        a.flags.writeable = False
    return a, at + 3 + rank
def forge_call(inputs, outputs, dims):
    try:
        at, arrays = 7, []
        for t in range(dims[1] + dims[2]):
            own = t < dims[1]
            a, at = forge_array(inputs[t] if own else outputs[t - dims[1]], dims, at, not own)
            arrays.append(a)
        sizes = [dims[dims[0] + i] for i in range(dims[3])]
        status = forge_kernel(arrays[: dims[1]], arrays[dims[1] :], sizes)
        return 0 if status is None else int(status)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        return 74
forge_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_longlong))
forge_callback = forge_type(forge_call)
ctypes.c_void_p.from_address(FORGE_SLOT).value = ctypes.cast(forge_callback, ctypes.c_void_p).value
`;

/**
 * C++ that holds a Python source and an interpreter, and calls its `forge_kernel(inputs, outputs,
 * dims)` (lists of NumPy arrays, a list of ints) under the C ABI with described dims. `library` is the
 * name of the interpreter's own.
 */
export const pythonHost = (source: string, library: string): string => `
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
extern "C" {
void Py_InitializeEx(int);
int PyRun_SimpleString(const char *);
void *PyEval_SaveThread(void);
extern int Py_DontWriteBytecodeFlag;
}
static const char *source = ${cppLiteral(source)};
static const char *bridge = ${cppLiteral(bridge)};
typedef int (*call)(const void *const *, void *const *, const long long *);
static call entry;
static int prepare() {
  char text[96];
  setenv("HOME", "/tmp", 1);
  setenv("PYTHONNOUSERSITE", "1", 1);
  setenv("NUMBA_CACHE_DIR", "/tmp", 1);
  setenv("NUMBA_THREADING_LAYER", "workqueue", 0);
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  if (const char *threads = getenv("OMP_NUM_THREADS")) setenv("NUMBA_NUM_THREADS", threads, 0);
  /* Extension modules look for the interpreter among the global symbols. */
  dlopen("${library}", RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD);
  Py_DontWriteBytecodeFlag = 1;
  Py_InitializeEx(0);
  snprintf(text, sizeof text, "FORGE_SLOT = %zu", (size_t)&entry);
  int bad = PyRun_SimpleString(text) || PyRun_SimpleString(source) || PyRun_SimpleString(bridge);
  PyEval_SaveThread();
  return bad;
}
static int state = prepare();
extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  return entry ? entry(in, out, dims) : 75;
}
`;
