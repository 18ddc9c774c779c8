import {
  checkType,
  domainError,
  type Matrix,
  matmul,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import { BlockedGram } from "../gram-operators/blocked-gram.ts";
import { DenseGram } from "../gram-operators/dense-gram.ts";
import type { GramOperator } from "../gram-operators/gram-operator.ts";
import type { Kernel } from "../kernel.ts";
import { rowsOf } from "../regression/parts.ts";
import { checkKernel } from "../standard/check-kernel.ts";
import { checkMatrix, checkPoints } from "../standard/check-points.ts";
import { gram } from "../standard/combined-kernel.ts";
import { type Steps, step } from "../standard/steps.ts";

/** The most points whose Gram matrix is held whole: 200 MB. */
const DENSE = 5000;
/** Points decided on at a time. */
const BLOCK = 1024;

/** What a machine is trained on: points with a kernel, or their Gram matrix alone. */
export interface TrainingPoints {
  readonly gram: GramOperator;
  readonly points?: { kernel: Kernel; x: Matrix };
}

/** The rows of x with a kernel; the Gram matrix on the pool, if there is one. */
export function* pointsOf(fn: string, kernel: Kernel, x: Matrix): Steps<TrainingPoints> {
  checkKernel(fn, "kernel", kernel);
  checkPoints(fn, "x", x, kernel.dimension);
  if (x.rows === 0) throw domainError(`${fn}: x must have at least one row, got 0`);
  const own = matrix(x.rows, x.cols, x.data.slice());
  const points = { kernel, x: own };
  if (x.rows > DENSE) return { gram: new BlockedGram(kernel, own), points };
  return { gram: new DenseGram(yield* step((o) => gram(kernel, own, own, o))), points };
}

/** A precomputed Gram matrix or an operator. */
export function gramOf(fn: string, k: Matrix | GramOperator): TrainingPoints {
  checkType(typeof k === "object" && k !== null, fn, "gram", "a matrix or a Gram operator", k);
  const operator = "rows" in k ? new DenseGram(k) : k;
  checkType(typeof operator.row === "function", fn, "gram", "a matrix or a Gram operator", k);
  if (operator.n === 0) throw domainError(`${fn}: gram must have at least one row, got 0`);
  return { gram: operator };
}

/** Functions x -> sum_i k(x, x_i) c_i, one a column of c (n x m), of which most rows may be 0. */
export class KernelExpansion {
  /** The i of those c_i that are not all 0: the support vectors. */
  readonly indices: Uint32Array;
  readonly #coefficients: Matrix;
  readonly #points: { kernel: Kernel; x: Matrix } | undefined;
  readonly #n: number;

  constructor({ points }: TrainingPoints, c: Matrix) {
    const { rows, cols } = c;
    const kept = Array.from({ length: rows }, (_, i) => i).filter((i) =>
      c.data.subarray(i * cols, (i + 1) * cols).some((v) => v !== 0),
    );
    this.#n = rows;
    this.indices = Uint32Array.from(kept);
    this.#coefficients = gather(c, this.indices);
    this.#points = points && { kernel: points.kernel, x: gather(points.x, this.indices) };
  }

  /** c_i for the support vectors; a copy. */
  get coefficients(): Matrix {
    const { data, rows, cols } = this.#coefficients;
    return matrix(rows, cols, data.slice());
  }

  /**
   * The functions at the rows of x (p x d), or, for a machine trained on a Gram matrix, from their
   * kernel values with all n training points (p x n): p x m.
   */
  at(fn: string, x: Matrix): Matrix {
    checkMatrix(fn, "x", x);
    const cols = this.#points?.kernel.dimension ?? this.#n;
    if (x.cols !== cols) {
      const what = this.#points ? "one a dimension" : "kernel values with each training point";
      throw shapeError(`${fn}: x must have ${cols} columns, ${what}, got ${x.rows}x${x.cols}`);
    }
    const out = matrix(x.rows, this.#coefficients.cols);
    if (this.indices.length === 0) return out;
    for (let from = 0; from < x.rows; from += BLOCK) {
      const block = rowsOf(x, from, Math.min(x.rows, from + BLOCK));
      const k = this.#points
        ? this.#points.kernel.gram(block, this.#points.x)
        : gatherColumns(block, this.indices);
      out.data.set(matmul(k, this.#coefficients).data, from * out.cols);
    }
    return out;
  }
}

function gather({ data, cols }: Matrix, indices: Uint32Array): Matrix {
  const out = matrix(indices.length, cols);
  indices.forEach((i, k) => {
    out.data.set(data.subarray(i * cols, (i + 1) * cols), k * cols);
  });
  return out;
}

function gatherColumns({ data, rows, cols }: Matrix, indices: Uint32Array): Matrix {
  const out = matrix(rows, indices.length);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < indices.length; k++) {
      out.data[i * indices.length + k] = data[i * cols + indices[k]!]!;
    }
  }
  return out;
}
