import { type Heap, type Matrix, matrix, type Wasm, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

/** Rows projected at a time: few enough that their angles are still in cache when they are used. */
const ROWS = 48;

/** Makes one row's features, at `out`, of its angles in turns; `table` is for the kernels' sine. */
type MakeRow = (
  exports: Wasm["exports"],
  angles: number,
  out: number,
  table: number,
  row: number,
) => void;

/**
 * n x `features` numbers: each row of x (n x d) is multiplied by the directions (count x d), and `make`
 * turns the `count` angles into features while they are at hand. `constants` are copied into the heap,
 * and `prepare` gets their addresses.
 */
export function mapRows(
  x: Matrix,
  directions: Matrix,
  features: number,
  constants: readonly Float64Array[],
  prepare: (addresses: readonly number[]) => MakeRow,
): Matrix {
  const { exports, heap } = wasm(kernels);
  const { rows, cols: d } = x;
  const count = directions.rows;
  const out = matrix(rows, features);
  return heap.scope((arena) => {
    const packed = arena.f64(Math.ceil(count / 4) * 4 * d);
    const plain = arena.f64(directions.data);
    exports.packDirections!(plain, count, d, packed);
    arena.free(plain);
    const table = arena.f64(12);
    exports.putSineTable!(table);
    const make = prepare(constants.map((values) => arena.f64(values)));
    const most = Math.min(ROWS, rows);
    const block = arena.f64(most * d);
    const scratch = arena.f64(24 + Math.ceil(most / 6) * 6 * d);
    const angles = arena.f64(most * count);
    const made = arena.f64(most * features);
    for (let from = 0; from < rows; from += ROWS) {
      const some = Math.min(ROWS, rows - from);
      copyIn(heap, block, x, from, some);
      exports.project!(block, some, d, packed, count, angles, scratch);
      for (let i = 0; i < some; i++) {
        make(exports, angles + 8 * i * count, made + 8 * i * features, table, from + i);
      }
      out.data.set(heap.f64(made, some * features), from * features);
    }
    return out;
  });
}

function copyIn(heap: Heap, to: number, { data, cols }: Matrix, from: number, rows: number): void {
  heap.f64(to, rows * cols).set(data.subarray(from * cols, (from + rows) * cols));
}
