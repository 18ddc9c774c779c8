import { type Bodies, type Frame, indented } from "./frame.ts";

interface Body {
  /** The sizes of each argument, inputs first, the fastest one in front. */
  readonly sizes: readonly string[];
  /** Declarations besides the counters i, j, k, l. */
  readonly more?: string;
  readonly code: string;
}

/** The arguments as arrays of the task's sizes in the order of memory; indices count from 1. */
export const frame: Frame<Body> = ({ inputs, outputs, dims }, { sizes, more = "", code }) => {
  const all = [...inputs, ...outputs];
  const integers = "integer(c_long_long)";
  const type = (integer: boolean) => (integer ? "integer(c_int)" : "real(c_float)");
  const pointer = (i: number) =>
    i < inputs.length ? `in(${i + 1})` : `out(${i + 1 - inputs.length})`;
  const rank = (i: number) => (sizes[i] as string).split(",").map(() => ":");
  const names = [...all.map(({ name }) => name), ...dims].join(", ");
  const pointers = all.map(
    ({ integer }, i) => `${type(integer)}, pointer, contiguous :: p${i}(${rank(i).join(", ")})`,
  );
  const bindings = all.map(
    (_, i) => `call c_f_pointer(${pointer(i)}, p${i}, [${integers} :: ${sizes[i]}])`,
  );
  const declared = all.map(({ name, integer }, i) => {
    const intent = i < inputs.length ? "in" : "out";
    return `${type(integer)}, intent(${intent}) :: ${name}(${sizes[i]})`;
  });
  // Fortran does not tell K and k apart.
  const counters = ["i", "j", "k", "l"].filter((c) => !dims.some((d) => d.toLowerCase() === c));
  return {
    source: `integer(c_int) function forge_kernel(in, out, dims) bind(c, name="forge_kernel")
  use iso_c_binding
  implicit none
  type(c_ptr), intent(in) :: in(*), out(*)
  ${integers}, intent(in) :: dims(*)
  ${pointers.join("\n  ")}
  ${integers} :: ${dims.join(", ")}
  ${dims.map((name, i) => `${name} = dims(${i + 1})`).join("; ")}
  ${bindings.join("\n  ")}
  call compute(${[...all.map((_, i) => `p${i}`), ...dims].join(", ")})
  forge_kernel = 0
contains
  subroutine compute(${names})
    ${integers}, intent(in) :: ${dims.join(", ")}
    ${declared.join("\n    ")}
    ${integers} :: ${counters.join(", ")}
    ${indented(more).replaceAll("\n", "\n  ")}
    ${indented(code).replaceAll("\n", "\n  ")}
  end subroutine
end function
`,
  };
};

const table = ["dim, batch", "dim, batch"];

export const bodies: Bodies<Body> = {
  "activation/relu": { sizes: table, code: "y = max(x, 0.0)" },
  "activation/gelu": { sizes: table, code: "y = 0.5 * x * (1 + erf(x * 0.70710678))" },
  "activation/softmax": {
    sizes: table,
    code: `
do i = 1, batch
  y(:, i) = exp(x(:, i) - maxval(x(:, i)))
  y(:, i) = y(:, i) / sum(y(:, i))
end do`,
  },
  "broadcast/elmentwise_mul_broadcast": {
    sizes: ["width, first", "width, second", "width, second, first"],
    code: `
do i = 1, first
  do j = 1, second
    y(:, j, i) = a(:, i) * b(:, j)
  end do
end do`,
  },
  "broadcast/add_bias_four_dim_broadcast": {
    sizes: ["height * width, channels, batch", "channels", "height * width, channels, batch"],
    code: `
do i = 1, batch
  do j = 1, channels
    y(:, j, i) = x(:, j, i) + bias(j)
  end do
end do`,
  },
  "convolution/conv_pointwise_2d": {
    sizes: ["height * width, inputs, batch", "inputs, outputs", "height * width, outputs, batch"],
    code: `
y = 0
do i = 1, batch
  do j = 1, outputs
    do k = 1, inputs
      y(:, j, i) = y(:, j, i) + weight(k, j) * x(:, k, i)
    end do
  end do
end do`,
  },
  "convolution/conv_standard_1d": {
    sizes: ["length, inputs, batch", "3, inputs, outputs", "length - 2, outputs, batch"],
    code: `
y = 0
do i = 1, batch
  do j = 1, outputs
    do k = 1, inputs
      do l = 1, 3
        y(:, j, i) = y(:, j, i) + weight(l, k, j) * x(l:length - 3 + l, k, i)
      end do
    end do
  end do
end do`,
  },
  "fusion/gemm_multiply_leakyrelu": {
    sizes: ["input, batch", "input, features", "features", "features, batch"],
    code: `
do i = 1, batch
  do j = 1, features
    y(j, i) = 2 * (dot_product(linear1_weight(:, j), x(:, i)) + linear1_bias(j))
  end do
end do
where (y < 0) y = 0.1 * y`,
  },
  "index/argmax_over_a_dimension": {
    sizes: ["width, length, batch", "width, batch"],
    more: "real(c_float) :: best(width)",
    code: `
do i = 1, batch
  y(:, i) = 0
  best = x(:, 1, i)
  do k = 2, length
    do j = 1, width
      if (x(j, k, i) > best(j)) then
        best(j) = x(j, k, i)
        y(j, i) = int(k - 1)
      end if
    end do
  end do
end do`,
  },
  "index/gather": {
    sizes: ["length, rows", "count, rows", "count, rows"],
    code: `
do i = 1, rows
  do j = 1, count
    y(j, i) = x(index(j, i) + 1, i)
  end do
end do`,
  },
  "loss/mse_loss": {
    sizes: ["batch * dim", "batch * dim", "1"],
    more: "real(c_double) :: total",
    code: `
total = 0
do i = 1, batch * dim
  total = total + (real(predictions(i), c_double) - targets(i))**2
end do
loss(1) = real(total / (batch * dim), c_float)`,
  },
  "math/cumsum": {
    sizes: ["cols, rows", "cols, rows"],
    code: `
do i = 1, rows
  y(1, i) = x(1, i)
  do j = 2, cols
    y(j, i) = y(j - 1, i) + x(j, i)
  end do
end do`,
  },
  "matmul/standard_matrix_multiplication": {
    sizes: ["K, M", "N, K", "N, M"],
    code: "c = matmul(b, a)",
  },
  "matmul/matmul_with_transposed_b": {
    sizes: ["K, M", "K, N", "N, M"],
    code: "c = matmul(transpose(b), a)",
  },
  "normalization/l2_norm": {
    sizes: table,
    code: `
do i = 1, batch
  y(:, i) = x(:, i) / sqrt(dot_product(x(:, i), x(:, i)))
end do`,
  },
  "normalization/rms_norm": {
    sizes: ["height * width, channels, batch", "height * width, channels, batch"],
    more: "real(c_float) :: size(height * width)",
    code: `
do i = 1, batch
  size = sqrt(sum(x(:, :, i)**2, dim=2) / channels + 1e-5)
  do j = 1, channels
    y(:, j, i) = x(:, j, i) / size
  end do
end do`,
  },
  "optimizer/sgd": {
    sizes: ["cols, rows", "cols, rows", "cols, rows", "cols, rows"],
    code: "paramAfter = param - 0.01 * (0.9 * velocity + grad)",
  },
  "pooling/max_pooling_1d": {
    sizes: ["length, batch * channels", "length + 1, batch * channels"],
    code: `
do i = 1, batch * channels
  do j = 1, length + 1
    y(j, i) = maxval(x(max(1, j - 4):min(length, j + 3), i))
  end do
end do`,
  },
  "reduce/sum_reduction_over_a_dimension": {
    sizes: ["width, length, batch", "width, batch"],
    code: `
do i = 1, batch
  y(:, i) = x(:, 1, i)
  do j = 2, length
    y(:, i) = y(:, i) + x(:, j, i)
  end do
end do`,
  },
  "resize/bilinear_upsample": {
    sizes: ["width, height, batch * channels", "2 * width, 2 * height, batch * channels"],
    more: `real(c_float) :: v, h, row(width)
integer(c_long_long) :: top, left`,
    code: `
do i = 1, batch * channels
  do j = 1, 2 * height
    v = max(0.0, 0.5 * (j - 1) - 0.25)
    top = int(v)
    v = v - top
    row = (1 - v) * x(:, top + 1, i) + v * x(:, min(top + 2, height), i)
    do k = 1, 2 * width
      h = max(0.0, 0.5 * (k - 1) - 0.25)
      left = int(h)
      h = h - left
      y(k, j, i) = (1 - h) * row(left + 1) + h * row(min(left + 2, width))
    end do
  end do
end do`,
  },
};
