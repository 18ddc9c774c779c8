import { type Matrix, matmul, matrix } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { rowsOf } from "../regression/parts.ts";
import { checkKernel } from "../standard/check-kernel.ts";
import { checkPoints } from "../standard/check-points.ts";
import { type IterativeSolveOptions, solveIteratively } from "./conjugate-gradients.ts";
import { checkIndex, columnsOf, type GramOperator } from "./gram-operator.ts";

/** Points along the side of a tile: 2 MB of numbers. */
const TILE = 512;
/** Numbers in the rows that are kept: 128 MB. */
const KEPT = 2 ** 24;

/** The Gram matrix of a kernel in square tiles, of which the lower triangle is enough. */
export abstract class TiledGram implements GramOperator {
  readonly kernel: Kernel;
  readonly #x: Matrix;
  readonly #rows = new Map<number, Float64Array>();

  /** k(x_i, x_j) of the rows of x (n x d), which is copied. */
  constructor(kernel: Kernel, x: Matrix) {
    const fn = new.target.name;
    checkKernel(fn, "kernel", kernel);
    checkPoints(fn, "x", x, kernel.dimension);
    this.kernel = kernel;
    this.#x = matrix(x.rows, x.cols, x.data.slice());
  }

  /** The tile in row i and column j <= i of tiles. */
  protected abstract tile(i: number, j: number): Matrix;

  protected get tiles(): number {
    return Math.ceil(this.n / TILE);
  }

  protected evaluate(i: number, j: number): Matrix {
    const points = this.#points(i);
    return this.kernel.gram(points, i === j ? points : this.#points(j));
  }

  #points(i: number): Matrix {
    return rowsOf(this.#x, i * TILE, Math.min(this.n, (i + 1) * TILE));
  }

  get n(): number {
    return this.#x.rows;
  }

  diagonal(): Float64Array {
    return this.kernel.pairs(this.#x, this.#x);
  }

  /** Evaluated on first use; as many are kept as fit into 128 MB. */
  row(i: number): Float64Array {
    checkIndex(`${this.constructor.name}.row`, i, this.n);
    const known = this.#rows.get(i);
    if (known) {
      this.#rows.delete(i); // to the end: the one used last
      this.#rows.set(i, known);
      return known;
    }
    const [oldest] = this.#rows.keys();
    if (oldest !== undefined && (this.#rows.size + 1) * this.n > KEPT) this.#rows.delete(oldest);
    const row = this.kernel.gram(rowsOf(this.#x, i, i + 1), this.#x).data;
    this.#rows.set(i, row);
    return row;
  }

  matvec(y: Float64Array): Float64Array;
  matvec(y: Matrix): Matrix;
  matvec(y: Float64Array | Matrix): Float64Array | Matrix {
    const { columns, like } = columnsOf(`${this.constructor.name}.matvec`, y, this.n);
    return like(this.#product(columns));
  }

  #product(y: Matrix): Matrix {
    const out = matrix(this.n, y.cols);
    const part = (i: number) => rowsOf(y, i * TILE, Math.min(this.n, (i + 1) * TILE));
    const add = (i: number, values: Matrix) => {
      const from = i * TILE * y.cols;
      for (let k = 0; k < values.data.length; k++) out.data[from + k]! += values.data[k]!;
    };
    for (let i = 0; i < this.tiles; i++) {
      for (let j = 0; j <= i; j++) {
        const tile = this.tile(i, j);
        add(i, matmul(tile, part(j)));
        if (j < i) add(j, matmul(tile, part(i), { transposeA: true }));
      }
    }
    return out;
  }

  /** By preconditioned conjugate gradients; see `IterativeSolveOptions`. */
  solve(y: Float64Array, options?: IterativeSolveOptions): Float64Array;
  solve(y: Matrix, options?: IterativeSolveOptions): Matrix;
  solve(y: Float64Array | Matrix, options: IterativeSolveOptions = {}): Float64Array | Matrix {
    const fn = `${this.constructor.name}.solve`;
    const { columns, like } = columnsOf(fn, y, this.n);
    return like(solveIteratively(fn, this, columns, options));
  }
}
