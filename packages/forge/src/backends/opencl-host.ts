import type { Grid } from "../session/backend.ts";
import { cppLiteral } from "./cpp-literal.ts";

const sides = ({ per, size }: Grid): readonly [number, number] =>
  per === "tile" ? [size, size] : [per === "one" ? 1 : size, 1];

/**
 * C++ that holds an OpenCL kernel and runs it under the C ABI with described dims: buffers lie over
 * the tensors themselves, inputs read-only, and a call returns when the queue is empty.
 */
export const openclHost = (source: string, grid: Grid): string => String.raw`
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <cstdio>
#include <cstdlib>
#include <vector>
static const char *text = ${cppLiteral(source)};
static const size_t preferred[2] = { ${sides(grid).join(", ")} };
static cl_context context;
static cl_command_queue queue;
static cl_kernel kernel;
static size_t local[3];
static int give_up(const char *what, cl_int error) {
  fprintf(stderr, "OpenCL: %s failed with %d\n", what, error);
  return 1;
}
static int prepare() {
  cl_platform_id platform;
  cl_device_id device;
  cl_int e;
  setenv("POCL_CACHE_DIR", "/tmp/pocl", 0);
  setenv("HOME", "/tmp", 0);
  setenv("PATH", "/usr/bin:/bin", 0);
  if ((e = clGetPlatformIDs(1, &platform, nullptr))) return give_up("looking for a platform", e);
  if ((e = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &device, nullptr))) return give_up("looking for a device", e);
  context = clCreateContext(nullptr, 1, &device, nullptr, nullptr, &e);
  if (e) return give_up("making a context", e);
  queue = clCreateCommandQueue(context, device, 0, &e);
  if (e) return give_up("making a queue", e);
  cl_program program = clCreateProgramWithSource(context, 1, &text, nullptr, &e);
  if (e) return give_up("reading the source", e);
  if ((e = clBuildProgram(program, 1, &device, "", nullptr, nullptr))) {
    std::vector<char> log(1 << 16);
    clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, log.size(), log.data(), nullptr);
    fprintf(stderr, "%.3000s\n", log.data());
    return give_up("building the program", e);
  }
  kernel = clCreateKernel(program, "forge_kernel", &e);
  if (e) return give_up("finding forge_kernel", e);
  clGetKernelWorkGroupInfo(kernel, device, CL_KERNEL_COMPILE_WORK_GROUP_SIZE, sizeof local, local, nullptr);
  if (!local[0]) local[0] = preferred[0], local[1] = preferred[1], local[2] = 1;
  return 0;
}
extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  static int state = prepare();
  if (state) return 70;
  long long inputs = dims[1], outputs = dims[2], count = dims[3];
  size_t global[3];
  for (int i = 0; i < 3; i++) global[i] = dims[4 + i] * local[i];
  const long long *at = dims + 7, *sizes = dims + dims[0];
  std::vector<cl_mem> buffers;
  cl_int e = 0;
  for (long long t = 0; t < inputs + outputs && !e; t++, at += 3 + at[2]) {
    void *data = t < inputs ? const_cast<void *>(in[t]) : out[t - inputs];
    cl_mem_flags flags = CL_MEM_USE_HOST_PTR | (t < inputs ? CL_MEM_READ_ONLY : CL_MEM_READ_WRITE);
    buffers.push_back(clCreateBuffer(context, flags, at[1] ? at[1] : 4, data, &e));
    if (!e) e = clSetKernelArg(kernel, t, sizeof(cl_mem), &buffers.back());
  }
  for (long long d = 0; d < count && !e; d++) e = clSetKernelArg(kernel, inputs + outputs + d, sizeof(cl_long), &sizes[d]);
  if (e) return give_up("passing the arguments", e), 71;
  if ((e = clEnqueueNDRangeKernel(queue, kernel, 3, nullptr, global, local, 0, nullptr, nullptr))) return give_up("the launch", e), 72;
  at = dims + 7;
  for (long long t = 0; t < inputs + outputs && !e; t++, at += 3 + at[2]) {
    if (t < inputs || !at[1]) continue;
    void *map = clEnqueueMapBuffer(queue, buffers[t], CL_TRUE, CL_MAP_READ, 0, at[1], 0, nullptr, nullptr, &e);
    if (!e) e = clEnqueueUnmapMemObject(queue, buffers[t], map, 0, nullptr, nullptr);
  }
  if (!e) e = clFinish(queue);
  for (cl_mem buffer : buffers) clReleaseMemObject(buffer);
  return e ? give_up("the kernel", e), 73 : 0;
}
`;
