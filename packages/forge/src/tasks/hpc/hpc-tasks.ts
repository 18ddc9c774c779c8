import type { Task } from "../../task/task.ts";
import { withoutWeights } from "../../task/without-weights.ts";
import { axpy } from "./axpy.ts";
import { cg } from "./cg.ts";
import { gemm } from "./gemm.ts";
import { gemv } from "./gemv.ts";
import { jacobi3d } from "./jacobi3d.ts";
import { sparseProduct } from "./spmv.ts";

/** The names of the six kernels of high-performance computing. */
export type HpcKernel = "axpy" | "gemv" | "gemm" | "spmv" | "jacobi3d" | "cg";

/** The six kernels by name; their ids are `hpc/<name>`. */
export const hpcTasks: Readonly<Record<HpcKernel, Task>> = {
  axpy: withoutWeights(axpy),
  gemv: withoutWeights(gemv),
  gemm: withoutWeights(gemm),
  spmv: withoutWeights(sparseProduct),
  jacobi3d: withoutWeights(jacobi3d),
  cg: withoutWeights(cg),
};
