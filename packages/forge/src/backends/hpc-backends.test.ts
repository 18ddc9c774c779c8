import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import type { Backend, Candidate, Session } from "../session/backend.ts";
import { zeros } from "../task/tensor.ts";
import { axpy } from "../tasks/hpc/axpy.ts";
import { cuda } from "./cuda.ts";
import { fortran } from "./fortran.ts";
import { kokkos } from "./kokkos.ts";
import { numba } from "./numba.ts";
import { openacc } from "./openacc.ts";
import { opencl } from "./opencl.ts";
import { openmp } from "./openmp.ts";
import { triton } from "./triton.ts";

const limits = {
  callTimeout: 60_000,
  compileTimeout: 60_000,
  memory: 4 * 2 ** 30,
  processes: 64,
};

const cpp = (loop: string, before = "") => `${before}
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float a = *(const float*)in[0];
  const float *x = (const float*)in[1], *y = (const float*)in[2];
  float* z = (float*)out[0];
  const long n = dims[0];
  ${loop}
  return 0;
}`;
const loop = "for (long i = 0; i < n; i++) z[i] = a * x[i] + y[i];";

const python = (decorator: string) => `
from numba import njit, prange
${decorator}
def axpy(a, x, y, z):
    for i in prange(z.size):
        z[i] = a * x[i] + y[i]
def forge_kernel(inputs, outputs, dims):
    assert dims == [inputs[1].size]
    axpy(inputs[0][0], inputs[1], inputs[2], outputs[0])
`;

const fortranSource = `
function forge_kernel(inputs, outputs, dims) bind(c, name="forge_kernel") result(status)
  use iso_c_binding
  type(c_ptr), intent(in) :: inputs(*), outputs(*)
  integer(c_long_long), intent(in) :: dims(*)
  integer(c_int) :: status
  real(c_float), pointer :: a(:), x(:), y(:), z(:)
  integer(c_long_long) :: i
  call c_f_pointer(inputs(1), a, [1])
  call c_f_pointer(inputs(2), x, dims(1:1))
  call c_f_pointer(inputs(3), y, dims(1:1))
  call c_f_pointer(outputs(1), z, dims(1:1))
  !$omp parallel do
  do i = 1, dims(1)
    z(i) = a(1) * x(i) + y(i)
  end do
  status = 0
end function`;

const openclSource = `
kernel void forge_kernel(global const float* a, global const float* x, global const float* y,
                         global float* z, long n) {
  const long i = get_global_id(0);
  if (i < n) z[i] = a[0] * x[i] + y[i];
}`;

const kernels: readonly [name: string, backend: Backend, candidate: Candidate][] = [
  ["openmp", openmp(), { source: cpp(`#pragma omp parallel for\n${loop}`) }],
  [
    "openmp offload",
    openmp(),
    {
      source: cpp(
        `#pragma omp target teams distribute parallel for map(to: x[0:n], y[0:n]) map(from: z[0:n])\n${loop}`,
      ),
    },
  ],
  [
    "openacc",
    openacc(),
    { source: cpp(`#pragma acc parallel loop copyin(x[0:n], y[0:n]) copyout(z[0:n])\n${loop}`) },
  ],
  [
    "kokkos",
    kokkos(),
    {
      source: cpp(
        "Kokkos::parallel_for(n, [=](long i) { z[i] = a * x[i] + y[i]; });",
        "#include <Kokkos_Core.hpp>",
      ),
    },
  ],
  ["fortran", fortran(), { source: fortranSource }],
  ["fortran with openmp", fortran(), { source: fortranSource, flags: ["-fopenmp"] }],
  ["opencl", opencl(), { source: openclSource, grid: { per: "element", size: 64 } }],
  ["numba", numba(), { source: python("@njit(parallel=True)") }],
];

async function worstError(session: Session, n: number): Promise<number> {
  const inputs = axpy.draw([n], "normal", new Rng(n));
  const outputs = axpy.outputs([n]);
  const poison = outputs.map(zeros);
  const result = await session.call({ inputs, dims: [n], outputs, poison, slot: 0 });
  assert.equal(result.status, 0);
  assert.ok(result.inputsIntact && result.guardsIntact && result.settled);
  const [expected] = axpy.reference(inputs, [n]);
  const got = result.outputs[0]!.data;
  return expected!.value.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(got[i]! - value) / expected!.bound[i]!),
    0,
  );
}

for (const [name, backend, candidate] of kernels) {
  test(`${name}: a kernel runs under the common ABI, for several sizes`, async (t) => {
    const probe = await backend.probe();
    if (!probe.available) return t.skip(probe.reason);
    const artifact = await backend.compile(candidate, { limits });
    const session = await backend.open(artifact, { limits, threads: 2 });
    try {
      for (const n of [1, 1009]) assert.ok((await worstError(session, n)) <= 1);
    } finally {
      await session.close();
    }
  });
}

test("openmp: as many threads as asked", async (t) => {
  const backend = openmp();
  const probe = await backend.probe();
  if (!probe.available) return t.skip(probe.reason);
  const source = `#include <omp.h>
extern "C" int forge_kernel(const void* const*, void* const*, const long long*) {
  return omp_get_max_threads();
}`;
  const artifact = await backend.compile({ source }, { limits });
  for (const threads of [1, 3]) {
    const session = await backend.open(artifact, { limits, threads });
    const call = { inputs: [], outputs: [], poison: [], dims: [1], slot: 0 };
    assert.equal((await session.call(call)).status, threads);
    await session.close();
  }
});

test("a kernel that does not compile is told with the compiler's words", async (t) => {
  for (const [backend, source] of [
    [openmp(), "int forge_kernel( {"],
    [fortran(), "this is no Fortran"],
    [openacc(), "int x = y;"],
  ] as const) {
    const probe = await backend.probe();
    if (!probe.available) return t.skip(probe.reason);
    await assert.rejects(backend.compile({ source }, { limits }), (error: Error) => {
      assert.equal((error as Error & { code: string }).code, "ERR_CANDIDATE_COMPILE");
      return /error/i.test((error as Error & { log: string }).log);
    });
  }
});

test("opencl and numba: a faulty source ends in a status, with its words in the log", async (t) => {
  for (const [backend, source, words] of [
    [opencl(), "kernel void forge_kernel(global float* z) { z[0] = nothing; }", /nothing/],
    [numba(), "def forge_kernel(inputs, outputs, dims):\n    raise ValueError('no')", /ValueError/],
  ] as const) {
    const probe = await backend.probe();
    if (!probe.available) return t.skip(probe.reason);
    const artifact = await backend.compile({ source }, { limits });
    const session = await backend.open(artifact, { limits });
    const outputs = axpy.outputs([1]);
    const inputs = axpy.draw([1], "normal", new Rng(1));
    const call = { inputs, outputs, poison: outputs.map(zeros), dims: [1], slot: 0 };
    assert.notEqual((await session.call(call)).status, 0);
    assert.match((await session.close()).log, words);
  }
});

test("what is missing is said, with what would help", async () => {
  for (const backend of [...kernels.map(([, backend]) => backend), cuda(), triton()]) {
    const probe = await backend.probe();
    if (probe.available) assert.ok(probe.hardware.length > 0);
    else assert.ok(probe.reason.length > 5 && (probe.remedy ?? "").length > 5, backend.id);
  }
});
