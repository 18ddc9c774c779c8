import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";
import type { Change, GoldKernels } from "./gold.ts";

interface Body {
  readonly text: string;
  readonly wrongIndex: Change;
  readonly wrongReduction: Change;
}

const head = `function forge_kernel(inputs, outputs, dims) bind(c, name="forge_kernel") result(status)
  use iso_c_binding
  implicit none
  type(c_ptr), intent(in) :: inputs(*), outputs(*)
  integer(c_long_long), intent(in) :: dims(*)
  integer(c_int) :: status`;
const tail = `
  status = 0
end function
`;

/** `!@loop` stands before a parallel loop, with the sum that it makes, if any. */
const bodies: Readonly<Record<HpcKernel, Body>> = {
  axpy: {
    text: `
  real(c_float), pointer :: a, x(:), y(:), z(:)
  integer(c_long_long) :: i, n
  n = dims(1)
  call c_f_pointer(inputs(1), a)
  call c_f_pointer(inputs(2), x, [n])
  call c_f_pointer(inputs(3), y, [n])
  call c_f_pointer(outputs(1), z, [n])
  !@loop
  do i = 1, n
    z(i) = a * x(i) + y(i)
  end do`,
    wrongIndex: [["y(i)", "y(n + 1 - i)"]],
    wrongReduction: [["do i = 1, n\n", "do i = 1, n - mod(n, 4_c_long_long)\n"]],
  },
  gemv: {
    text: `
  real(c_float), pointer :: a(:, :), x(:), y(:)
  real(c_float) :: s
  integer(c_long_long) :: i, j, m, n
  m = dims(1)
  n = dims(2)
  call c_f_pointer(inputs(1), a, [n, m])
  call c_f_pointer(inputs(2), x, [n])
  call c_f_pointer(outputs(1), y, [m])
  !@loop private(j, s)
  do i = 1, m
    s = 0
    do j = 1, n
      s = s + a(j, i) * x(j)
    end do
    y(i) = s
  end do`,
    wrongIndex: [
      ["[n, m]", "[m, n]"],
      ["a(j, i)", "a(i, j)"],
    ],
    wrongReduction: [
      ["    s = 0\n", ""],
      ["private(j, s)", "private(j)"],
      ["  m = dims(1)", "  s = 0\n  m = dims(1)"],
    ],
  },
  gemm: {
    text: `
  real(c_float), pointer :: a(:, :), b(:, :), c(:, :)
  real(c_float) :: s
  integer(c_long_long) :: i, j, l, m, n, k
  m = dims(1)
  n = dims(2)
  k = dims(3)
  call c_f_pointer(inputs(1), a, [k, m])
  call c_f_pointer(inputs(2), b, [n, k])
  call c_f_pointer(outputs(1), c, [n, m])
  !@loop private(j, l, s)
  do i = 1, m
    do j = 1, n
      s = 0
      do l = 1, k
        s = s + a(l, i) * b(j, l)
      end do
      c(j, i) = s
    end do
  end do`,
    wrongIndex: [
      ["[n, k]", "[k, n]"],
      ["b(j, l)", "b(l, j)"],
    ],
    wrongReduction: [
      ["      s = 0\n", ""],
      ["private(j, l, s)", "private(j, l)"],
      ["  m = dims(1)", "  s = 0\n  m = dims(1)"],
    ],
  },
  spmv: {
    text: `
  integer(c_int), pointer :: row_ptr(:), col_idx(:)
  real(c_float), pointer :: values(:), x(:), y(:)
  real(c_float) :: s
  integer(c_long_long) :: i, k
  call c_f_pointer(inputs(1), row_ptr, [dims(1) + 1])
  call c_f_pointer(inputs(2), col_idx, [dims(3)])
  call c_f_pointer(inputs(3), values, [dims(3)])
  call c_f_pointer(inputs(4), x, [dims(2)])
  call c_f_pointer(outputs(1), y, [dims(1)])
  s = 0
  !@loop private(k, s)
  do i = 1, dims(1)
    s = 0
    do k = row_ptr(i) + 1, row_ptr(i + 1)
      s = s + values(k) * x(col_idx(k) + 1)
    end do
    y(i) = s
  end do`,
    wrongIndex: [["x(col_idx(k) + 1)", "x(max(col_idx(k), 1))"]],
    wrongReduction: [
      ["    s = 0\n    do", "    do"],
      ["private(k, s)", "private(k)"],
    ],
  },
  jacobi3d: {
    text: `
  real(c_float), pointer :: u(:, :, :), v(:, :, :)
  real(c_float), allocatable :: w(:, :, :)
  integer(c_long_long) :: i, j, k, nx, ny, nz
  integer :: sweep
  nx = dims(1)
  ny = dims(2)
  nz = dims(3)
  call c_f_pointer(inputs(1), u, [nz, ny, nx])
  call c_f_pointer(outputs(1), v, [nz, ny, nx])
  v = u
  allocate(w(nz, ny, nx))
  do sweep = 1, 3
    w = v
    !@loop private(j, k)
    do i = 2, nx - 1
      do j = 2, ny - 1
        do k = 2, nz - 1
          v(k, j, i) = (w(k, j, i - 1) + w(k, j, i + 1) + w(k, j - 1, i) + w(k, j + 1, i) &
                        + w(k - 1, j, i) + w(k + 1, j, i)) / 6
        end do
      end do
    end do
  end do`,
    wrongIndex: [
      ["[nz, ny, nx]", "[nx, ny, nz]"],
      ["w(nz, ny, nx)", "w(nx, ny, nz)"],
      ["do i = 2, nx - 1", "do i = 2, nz - 1"],
      ["do k = 2, nz - 1", "do k = 2, nx - 1"],
      ["w(k, j, i - 1)", "w(k, j, i)"],
    ],
    wrongReduction: [
      ["= (w(k, j, i - 1)", "= (v(k, j, i - 1)"],
      ["+ w(k - 1, j, i)", "+ v(k - 1, j, i)"],
    ],
  },
  cg: {
    text: `
  integer(c_int), pointer :: row_ptr(:), col_idx(:)
  real(c_float), pointer :: values(:), b(:), x(:), tolerance
  real(c_float), allocatable :: r(:), p(:), q(:)
  real(c_float) :: rr, pq, next, alpha, beta, s, enough
  integer(c_long_long) :: i, k, n, step
  n = dims(1)
  call c_f_pointer(inputs(1), row_ptr, [n + 1])
  call c_f_pointer(inputs(2), col_idx, [dims(2)])
  call c_f_pointer(inputs(3), values, [dims(2)])
  call c_f_pointer(inputs(4), b, [n])
  call c_f_pointer(inputs(5), tolerance)
  call c_f_pointer(outputs(1), x, [n])
  allocate(r(n), p(n), q(n))
  x = 0
  r = b
  p = b
  rr = dot_product(b, b)
  enough = tolerance * tolerance * rr
  status = 1
  do step = 1, 20 * n
    if (rr <= enough) exit
    pq = 0
    !@loop private(k, s) reduction(+:pq)
    do i = 1, n
      s = 0
      do k = row_ptr(i) + 1, row_ptr(i + 1)
        s = s + values(k) * p(col_idx(k) + 1)
      end do
      q(i) = s
      pq = pq + p(i) * s
    end do
    if (.not. pq > 0) return
    alpha = rr / pq
    next = 0
    !@loop reduction(+:next)
    do i = 1, n
      x(i) = x(i) + alpha * p(i)
      r(i) = r(i) - alpha * q(i)
      next = next + r(i) * r(i)
    end do
    beta = next / rr
    !@loop
    do i = 1, n
      p(i) = r(i) + beta * p(i)
    end do
    rr = next
  end do`,
    wrongIndex: [["p(col_idx(k) + 1)", "p(max(col_idx(k), 1))"]],
    wrongReduction: [["next = next + r(i) * r(i)", "next = r(i) * r(i)"]],
  },
};

const withDirectives = (text: string, directive: string) =>
  head + text.replaceAll("!@loop", directive) + tail;

/** The six kernels in Fortran, serial or with OpenMP; the wrong model is the other one. */
export function fortranKernels(model: "serial" | "openmp"): GoldKernels {
  const directives = { serial: "!", openmp: "!$omp parallel do" } as const;
  const directive = directives[model];
  const other = model === "openmp" ? "!$acc parallel loop" : directives.openmp;
  const entries = Object.entries(bodies).map(([kernel, { text, ...changes }]) => {
    const gold = {
      source: withDirectives(text, directive),
      flags: model === "openmp" ? ["-fopenmp"] : [],
      ...changes,
      // Clauses of OpenACC are other ones; the loops stay private by themselves.
      wrongModel:
        model === "openmp"
          ? withDirectives(text.replace(/(!@loop).*/g, "$1"), other)
          : withDirectives(text, other),
    };
    return [kernel as HpcKernel, gold] as const;
  });
  return Object.fromEntries(entries) as unknown as GoldKernels;
}
