import assert from "node:assert/strict";
import { test } from "node:test";
import { detectModels } from "./detect-models.ts";
import type { SourceLanguage } from "./models.ts";

function check(language: SourceLanguage, source: string, ...models: string[]): void {
  assert.deepEqual([...detectModels(source, language)].sort(), models.sort(), source);
}

test("C++: pragmas that start parallel work", () => {
  const loop = "for (int i = 0; i < n; i++) y[i] += a * x[i];";
  check("cpp", `#pragma omp parallel for\n${loop}`, "openmp");
  check("cpp", `  #  pragma omp parallel default(none) \\\n shared(x)\n${loop}`, "openmp");
  check("cpp", `_Pragma("omp parallel for") ${loop}`, "openmp");
  check(
    "cpp",
    `#pragma omp target teams distribute parallel for map(to: x[0:n])\n${loop}`,
    "openmp-offload",
  );
  check("cpp", `#pragma omp target data map(x)\n#pragma omp parallel for\n${loop}`, "openmp");
  check("cpp", `#pragma acc parallel loop\n${loop}`, "openacc");
  check("cpp", `#pragma acc kernels\n${loop}`, "openacc");
  check(
    "cpp",
    `#pragma omp parallel for\n${loop}\n#pragma acc parallel loop\n${loop}`,
    "openacc",
    "openmp",
  );
});

test("C++: what only looks parallel is serial", () => {
  const loop = "for (int i = 0; i < n; i++) y[i] += a * x[i];";
  for (const before of [
    "",
    "#include <omp.h>",
    "// #pragma omp parallel for",
    "/*\n#pragma omp parallel for\n*/",
    "#if 0\n#pragma omp parallel for\n#endif",
    "#pragma omp simd",
    "#pragma acc data copy(y)",
    'const char* s = "#pragma omp parallel for";',
    'const char* s = "Kokkos::parallel_for";',
    "double t = omp_get_wtime();",
    "#pragma unroll",
  ]) {
    check("cpp", `${before}\n${loop}`, "serial");
  }
  check("cpp", `#if 0\n#else\n#pragma omp parallel for\n#endif\n${loop}`, "openmp");
});

test("C++: libraries and dialects", () => {
  check("cpp", "Kokkos::parallel_for(n, KOKKOS_LAMBDA(int i) { y(i) += a * x(i); });", "kokkos");
  check("cpp", "using namespace Kokkos;\nparallel_reduce(n, f, s);", "kokkos");
  check("cpp", "Kokkos::View<float*> y;\nfor (;;) {}", "serial");
  check("cpp", "sycl::queue q; q.parallel_for(n, [=](auto i) {});", "sycl");
  check("cpp", "std::thread t(f); t.join();", "threads");
  check("cpp", "std::for_each(std::execution::par, a, b, f);", "threads");
  const kernel = "__global__ void k(float* y) {}\n";
  check("cuda", `${kernel}void f() { k<<<1, 32>>>(y); }`, "cuda");
  check("cpp", kernel, "serial");
  check("cpp", `#include <hip/hip_runtime.h>\n${kernel}void f() { k<<<1, 32>>>(y); }`, "hip");
  check("cpp", `${kernel}void f() { hipLaunchKernelGGL(k, 1, 32, 0, 0, y); }`, "hip");
});

test("Fortran: sentinels are directives, other comments are not", () => {
  const loop = "do i = 1, n\n  y(i) = a * x(i) + y(i)\nend do";
  check("fortran", `!$omp parallel do\n${loop}\n!$omp end parallel do`, "openmp");
  check("fortran", `  !$OMP PARALLEL DO &\n  !$OMP SHARED(x)\n${loop}`, "openmp");
  check("fortran", `!$omp target teams distribute parallel do\n${loop}`, "openmp-offload");
  check("fortran", `!$omp &\n!$omp parallel do\n${loop}`, "openmp");
  check("fortran", `!$acc kernels\n${loop}\n!$acc end kernels`, "openacc");
  check("fortran", `c$omp parallel do\n${loop}`, "openmp");
  for (const before of [
    "! $omp parallel do",
    "! !$omp parallel do",
    "use omp_lib",
    "x = 1 !$omp parallel",
    "print *, '!$omp parallel do'",
    "!$omp end parallel do",
    "!$omp simd",
  ]) {
    check("fortran", `${before}\n${loop}`, "serial");
  }
});

test("Python: decorators and modules that compute", () => {
  const body = "\ndef f(x, y):\n  for i in prange(len(x)):\n    y[i] += x[i]\n";
  check("python", `from numba import njit, prange\n@njit(parallel=True)${body}`, "numba");
  check("python", `import numba\n@numba.jit(nopython=True,\n parallel=True)${body}`, "numba");
  check("python", `from numba import njit, prange\n@njit${body}`, "serial");
  check("python", `from numba import njit\n# @njit(parallel=True)\n@njit()${body}`, "serial");
  check("python", `from numba import cuda\n@cuda.jit${body}`, "numba-cuda");
  check("python", "import cupy as cp\ny = cp.dot(a, x)", "cupy");
  check("python", "import numpy as np\ny = np.dot(a, x)", "numpy");
  check("python", "from numpy import dot\ny = dot(a, x)", "numpy");
  check("python", "import numpy as np\n", "serial");
  check("python", '"""import cupy as cp\ncp.dot"""\ny = 1', "serial");
  check("python", "import numpy as np\nimport cupy as cp\ny = cp.asarray(np.ones(3))", "cupy");
  check("python", "import pycuda.autoinit\nm = pycuda.compiler.SourceModule(s)", "pycuda");
  check("python", "import triton\n@triton.jit\ndef k(p): pass", "triton");
});

test("Julia and the languages of kernels", () => {
  check("julia", "Threads.@threads for i in 1:n\n y[i] += a * x[i]\nend", "threads");
  check("julia", "using Base.Threads\n@threads for i in 1:n\nend", "threads");
  check("julia", "# @threads\nfor i in 1:n\nend", "serial");
  check("julia", "using CUDA\n@cuda threads=256 k(y)", "cuda.jl");
  check("julia", "using AMDGPU\n@roc k(y)", "amdgpu.jl");
  check("julia", "@kernel function k(y)\nend", "kernelabstractions.jl");
  check("opencl", "kernel void f(global float* y) {}", "opencl");
  check(
    "opencl",
    "__kernel __attribute__((reqd_work_group_size(64, 1, 1))) void\nf(global float* y) {}",
    "opencl",
  );
  check("opencl", "void f(float* y) {}");
  check("wgsl", "@compute @workgroup_size(64) fn main() {}", "wgsl");
  check("wgsl", "// @compute @workgroup_size(64)\nfn main() {}");
  check("assemblyscript", "export function forge_kernel(): i32 { return 0; }", "wasm");
});

test("bad input is refused at the door", () => {
  assert.throws(() => detectModels(1 as never, "cpp"), { code: "ERR_TYPE" });
  assert.throws(() => detectModels("", "rust" as never), { code: "ERR_DOMAIN" });
});
