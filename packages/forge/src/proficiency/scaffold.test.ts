import assert from "node:assert/strict";
import { test } from "node:test";
import { backendById } from "../backends/registry.ts";
import { verifyCandidate } from "../judge/verify.ts";
import type { InputFamily } from "../task/task.ts";
import { type HpcKernel, hpcTasks } from "../tasks/hpc/hpc-tasks.ts";
import type { ProgrammingModel, SourceLanguage } from "./models.ts";
import { firstThatVerifies, scaffold } from "./scaffold.ts";

type Trial = readonly [
  kernel: HpcKernel,
  model: ProgrammingModel,
  language: SourceLanguage,
  completion: string,
  reading: string,
];

/** Completions as an editor offers them: any name, any order, any precision. */
const completions: readonly Trial[] = [
  [
    "axpy",
    "openmp",
    "cpp",
    `// AXPY OpenMP
void saxpy(int n, float a, const float *x, float *y) {
  #pragma omp parallel for
  for (int i = 0; i < n; ++i) y[i] = a * x[i] + y[i];
}`,
    "saxpy(n=n, a=alpha, x=x, y=y)",
  ],
  [
    "axpy",
    "serial",
    "cpp",
    `#include <iostream>
template <typename T> void axpy(std::vector<T>& first, const std::vector<T>& second, T s) {
  for (size_t i = 0; i < first.size(); i++) first[i] += s * second[i];
}
int main() { std::cout << "hello"; }`,
    "axpy(first=y, second=x, s=alpha)",
  ],
  [
    "gemm",
    "serial",
    "cpp",
    `void multiply(const double *p, const double *q, double *r, int a, int b, int c) {
  for (int i = 0; i < a; i++)
    for (int j = 0; j < c; j++) {
      double s = 0;
      for (int k = 0; k < b; k++) s += p[i * b + k] * q[k * c + j];
      r[i * c + j] = s;
    }
}`,
    "multiply(p=A, q=B, r=C, a=M, b=K, c=N)",
  ],
  [
    "jacobi3d",
    "serial",
    "cpp",
    `void sweep(float *anew, const float *a, int nx, int ny, int nz) {
  for (int i = 1; i < nx - 1; i++)
    for (int j = 1; j < ny - 1; j++)
      for (int k = 1; k < nz - 1; k++) {
        const long at = ((long)i * ny + j) * nz + k;
        anew[at] = (a[at - ny * nz] + a[at + ny * nz] + a[at - nz] + a[at + nz] + a[at - 1] + a[at + 1]) / 6;
      }
}`,
    "sweep(anew=v, a=u, nx=nx, ny=ny, nz=nz)",
  ],
  [
    "gemv",
    "serial",
    "fortran",
    `! GEMV subroutine
subroutine dgemv_simple(A, x, y, m, n)
  implicit none
  integer, intent(in) :: m, n
  real(8), intent(in) :: A(m, n), x(n)
  real(8), intent(out) :: y(m)
  integer :: i, j
  y = 0
  do j = 1, n
    do i = 1, m
      y(i) = y(i) + A(i, j) * x(j)
    end do
  end do
end subroutine`,
    "dgemv_simple(a=A, x=x, y=y, m=M, n=N)",
  ],
  [
    "spmv",
    "serial",
    "fortran",
    `subroutine spmv(n, row_ptr, col_ind, val, x, y)
  integer, intent(in) :: n, row_ptr(:), col_ind(:)
  real, intent(in) :: val(:), x(:)
  real, intent(out) :: y(:)
  integer :: i, k
  do i = 1, n
    y(i) = 0
    do k = row_ptr(i), row_ptr(i + 1) - 1
      y(i) = y(i) + val(k) * x(col_ind(k))
    end do
  end do
end subroutine spmv`,
    "spmv(n=rows, row_ptr=rowPtr, col_ind=colIdx, val=values, x=x, y=y)",
  ],
];

for (const [kernel, model, language, completion, expected] of completions) {
  test(`${kernel} in ${language}: ${expected} is found and verified`, async (t) => {
    const backend = backendById(
      language === "fortran" ? "fortran" : model === "openmp" ? "openmp" : "cpp",
    );
    const probe = await backend.probe();
    if (!probe.available) return t.skip(probe.reason);
    const task = hpcTasks[kernel];
    const scaffolds = scaffold(kernel, model, language)(completion);
    assert.ok(scaffolds.length <= 24);
    const verify = async ({ candidate }: (typeof scaffolds)[number]) => {
      const options = { seed: 1, shapes: task.shapes.slice(1, 4) };
      return (await verifyCandidate(task, candidate, backend, options)).accepted;
    };
    const { accepted } = await firstThatVerifies(scaffolds, verify);
    const arguments_ = accepted?.reading.map(({ parameter, role }) => `${parameter}=${role}`);
    assert.equal(`${accepted?.function}(${arguments_?.join(", ")})`, expected);
  });
}

test("python: names decide where there are no types", () => {
  const [first] = scaffold(
    "spmv",
    "numba",
  )("@njit(parallel=True)\ndef spmv(data, indices, indptr, x):\n    pass\n");
  assert.deepEqual(
    first!.reading.map(({ role }) => role),
    ["values", "colIdx", "rowPtr", "x"],
  );
  assert.match(first!.candidate.source, /result = spmv\(values, colIdx, rowPtr, x\)/);
});

test("python: a completion runs in its scaffold", async (t) => {
  const backend = backendById("numba");
  const probe = await backend.probe();
  if (!probe.available) return t.skip(probe.reason);
  const [first] = scaffold(
    "axpy",
    "numba",
  )(`from numba import njit, prange
@njit(parallel=True)
def axpy(a, x, y):
    for i in prange(x.size):
        y[i] = a * x[i] + y[i]
`);
  const families: InputFamily[] = ["normal"];
  const options = { seed: 1, shapes: [[7], [1009]], families };
  const verdict = await verifyCandidate(hpcTasks.axpy, first!.candidate, backend, options);
  assert.ok(verdict.accepted, JSON.stringify(verdict.findings));
});

test("a completion that can be no such kernel is told", () => {
  const make = scaffold("gemm", "serial");
  assert.throws(() => make("void f(float *x) {}"), { code: "ERR_NO_SIGNATURE" });
  assert.throws(() => make("// nothing"), { code: "ERR_NO_SIGNATURE" });
  assert.throws(() => make("void f(const float *a, const float *b, const float *c) {}"), {
    code: "ERR_NO_SIGNATURE",
  });
  assert.throws(() => scaffold("gemm", "wgsl"), /has no scaffold/);
  assert.throws(() => scaffold("fft" as never, "serial"), /kernel must be one of/);
});

test("no reading that verifies is no acceptance", async () => {
  const scaffolds = scaffold(
    "axpy",
    "serial",
  )("void f(int n, float a, float *x, float *y) { for (int i = 0; i < n; i++) y[i] = x[i]; }");
  const seen = await firstThatVerifies(scaffolds, async () => false);
  assert.deepEqual(seen, { tried: scaffolds.length });
});
