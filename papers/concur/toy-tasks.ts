import type { Dims, KernelTensor, Task } from "@daily-kernel/forge";
import { plainTasks } from "@daily-kernel/forge";
import type { Kind } from "./space.ts";

const plain = (id: string): Task => plainTasks.find((task) => task.id === id)!;
const softmax = plain("softmax");
const U = 2 ** -24;

/** A function from one table to another, with the inputs of `softmax`. */
function table(
  id: string,
  title: string,
  outputShape: (dims: Dims) => Dims,
  compute: (
    x: Float64Array,
    rows: number,
    cols: number,
    value: Float64Array,
    bound: Float64Array,
  ) => void,
): Task {
  return {
    ...softmax,
    id,
    title,
    outputs: (dims) => [{ name: "y", shape: outputShape(dims), dtype: "float32" }],
    reference([x]: readonly KernelTensor[], [rows = 1, cols = 1]: Dims) {
      const value = new Float64Array(rows * cols);
      const bound = new Float64Array(rows * cols);
      compute(Float64Array.from(x!.data), rows, cols, value, bound);
      return [{ shape: outputShape([rows, cols]), value, bound }];
    },
  };
}

/** What is computed: products and softmax of the forge's plain tasks, two more of the same kind. */
export const toyTasks: Readonly<Record<Kind, Task>> = {
  matmul: plain("matmul"),
  softmax,
  transpose: table(
    "transpose",
    "y[c, r] = x[r, c], exact",
    ([rows = 1, cols = 1]) => [cols, rows],
    (x, rows, cols, value) => {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) value[j * rows + i] = x[i * cols + j]!;
      }
    },
  ),
  stencil: table(
    "stencil",
    "y[r, c] = mean of x[r, c] and its four neighbours, zeros outside",
    ([rows = 1, cols = 1]) => [rows, cols],
    (x, rows, cols, value, bound) => {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) {
          const around = [
            x[i * cols + j]!,
            i > 0 ? x[(i - 1) * cols + j]! : 0,
            i < rows - 1 ? x[(i + 1) * cols + j]! : 0,
            j > 0 ? x[i * cols + j - 1]! : 0,
            j < cols - 1 ? x[i * cols + j + 1]! : 0,
          ];
          value[i * cols + j] = around.reduce((sum, v) => sum + v, 0) / 5;
          // Five additions and a product, each rounded, and the rounded 0.2.
          bound[i * cols + j] =
            6 * U * around.reduce((sum, v) => sum + Math.abs(v), 0) * 0.2 + 2 ** -126;
        }
      }
    },
  ),
};
