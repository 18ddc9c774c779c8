import {
  type Arena,
  allocate,
  checkObject,
  checkPoolOptions,
  checkType,
  type Heap,
  matrix,
  type PoolOptions,
  shapeError,
  wasm,
} from "@daily-kernel/compute";
import { checkMatrix, checkQubits, checkVector } from "../checks.ts";
import { Circuit } from "../circuits/circuit.ts";
import * as kernels from "../kernels.generated.ts";
import { fuse, type Operation } from "./fuse.ts";
import { groupOperations, RUN, sumsOf, TILE } from "./groups.ts";
import { MATRIX_WORD, type Program, WORDS, writeProgram } from "./program.ts";
import { checkState, type StateBatch, type StateVector } from "./state-vector.ts";

export interface SimulateOptions {
  /** Numbers for the circuit's parameters. */
  parameters?: ArrayLike<number> | undefined;
  /** The state to begin with; |0...0> by default. */
  initial?: StateVector | undefined;
}

/**
 * The state that a circuit makes, exactly. Gates are merged and applied to tiles of the state that fit
 * a near cache; O(gates 2^qubits), 32 bytes an amplitude. With a pool the tiles go to its threads; the
 * bits are the same.
 *
 * @throws RangeError `ERR_SHAPE` for a number of parameters or an initial state that does not fit.
 */
export function simulate(circuit: Circuit, options?: SimulateOptions): StateVector;
export function simulate(
  circuit: Circuit,
  options: SimulateOptions & PoolOptions,
): Promise<StateVector>;
export function simulate(
  circuit: Circuit,
  options: SimulateOptions & Partial<PoolOptions> = {},
): StateVector | Promise<StateVector> {
  checkPoolOptions("simulate", options);
  const operations = checkedOperations("simulate", circuit, options.parameters);
  const { qubits } = circuit;
  const { initial, pool, signal, onProgress } = options;
  if (initial !== undefined) checkState("simulate", "options.initial", initial, qubits);
  const n = 2 ** qubits;
  // One lane of padding where a gate could touch all bits.
  const pad = qubits < 6 ? 1 : 0;
  const { heap } = wasm(kernels);
  return heap.scope((arena) => {
    const re = arena.f64(n << pad);
    const im = arena.f64(n << pad);
    for (const [at, data] of [
      [re, initial?.re],
      [im, initial?.im],
    ] as const) {
      const plane = heap.f64(at, n << pad);
      if (data === undefined) plane.fill(0);
      else if (pad === 0) plane.set(data);
      else for (let i = 0; i < n; i++) plane[2 * i] = plane[2 * i + 1] = data[i]!;
    }
    if (initial === undefined) heap.f64(re, n << pad).fill(1, 0, 1 + pad);
    const take = (): StateVector => {
      const planes = [re, im].map((at) => {
        const out = allocate("simulate", Float64Array, n);
        const plane = heap.f64(at, n << pad);
        if (pad === 0) out.set(plane);
        else for (let i = 0; i < n; i++) out[i] = plane[2 * i]!;
        return out;
      });
      return { qubits, re: planes[0]!, im: planes[1]! };
    };
    const steps = plan(arena, heap, operations, { re, im, qubits, pad }, pool?.threads ?? 1);
    if (pool === undefined) {
      for (const { kernel, calls } of steps) {
        for (const call of calls) wasm(kernels).exports[kernel]!(...call);
      }
      return take();
    }
    return (async () => {
      for (const [k, { kernel, calls }] of steps.entries()) {
        await pool.run(kernels, kernel, calls, { signal });
        onProgress?.(k + 1, steps.length);
      }
      return take();
    })();
  });
}

/**
 * The states that a circuit makes of several states, given as rows; the vectors of the processor run
 * along the states, so that many small states cost little more than their arithmetic.
 */
export function simulateBatch(
  circuit: Circuit,
  states: StateBatch,
  options: { parameters?: ArrayLike<number> | undefined } = {},
): StateBatch {
  checkObject("simulateBatch", "options", options);
  const operations = checkedOperations("simulateBatch", circuit, options.parameters);
  const { qubits } = circuit;
  const n = 2 ** qubits;
  checkType(
    typeof states === "object" && states !== null,
    "simulateBatch",
    "states",
    "a batch",
    states,
  );
  checkMatrix("simulateBatch", "states.re", states.re, n);
  checkMatrix("simulateBatch", "states.im", states.im, n);
  const count = states.re.rows;
  if (states.im.rows !== count) {
    throw shapeError(
      `simulateBatch: states.re and states.im must have as many rows, got ${count} and ${states.im.rows}`,
    );
  }
  if (count === 0) return { qubits, re: matrix(0, n), im: matrix(0, n) };
  const pad = Math.max(1, Math.ceil(Math.log2(count)));
  const { heap, exports } = wasm(kernels);
  return heap.scope((arena) => {
    const width = 2 ** pad;
    const planes = [states.re, states.im].map(({ data }) => {
      const at = arena.f64(n * width);
      const plane = heap.f64(at, n * width).fill(0);
      for (let s = 0; s < count; s++) {
        for (let i = 0; i < n; i++) plane[i * width + s] = data[s * n + i]!;
      }
      return at;
    });
    const [re, im] = planes as [number, number];
    for (const { kernel, calls } of plan(arena, heap, operations, { re, im, qubits, pad }, 1)) {
      for (const call of calls) exports[kernel]!(...call);
    }
    const [outRe, outIm] = planes.map((at) => {
      const plane = heap.f64(at, n * width);
      const out = matrix(count, n);
      for (let s = 0; s < count; s++) {
        for (let i = 0; i < n; i++) out.data[s * n + i] = plane[i * width + s]!;
      }
      return out;
    });
    return { qubits, re: outRe!, im: outIm! };
  });
}

function checkedOperations(
  fn: string,
  circuit: Circuit,
  parameters: ArrayLike<number> = [],
): Operation[] {
  checkType(circuit instanceof Circuit, fn, "circuit", "a Circuit", circuit);
  checkQubits(fn, circuit.qubits);
  checkVector(fn, "options.parameters", parameters, circuit.parameters);
  return fuse(circuit, parameters);
}

interface Planes {
  readonly re: number;
  readonly im: number;
  readonly qubits: number;
  /** Bits below those of the qubits. */
  readonly pad: number;
}

interface Step {
  readonly kernel: "runProgram" | "runTiles";
  readonly calls: number[][];
}

/** The kernel calls that apply operations to the state in the planes. */
function plan(
  arena: Arena,
  heap: Heap,
  operations: readonly Operation[],
  { re, im, qubits, pad }: Planes,
  threads: number,
): Step[] {
  const bits = qubits + pad;
  const bitOf = (qubit: number) => bits - 1 - qubit;
  if (bits <= TILE) {
    const [program, count] = upload(arena, heap, writeProgram(operations, bitOf, bits));
    return [{ kernel: "runProgram", calls: [[re, im, 2 ** bits, program, count]] }];
  }
  return groupOperations(operations, bitOf).map(({ operations, high }) => {
    const local = (qubit: number) => {
      const bit = bitOf(qubit);
      return bit < RUN ? bit : RUN + high.indexOf(bit);
    };
    const program = upload(arena, heap, writeProgram(operations, local, RUN + high.length));
    const others = Array.from({ length: bits - RUN }, (_, k) => RUN + k);
    const bases = sumsOf(others.filter((bit) => !high.includes(bit)));
    const offsets = sumsOf(high);
    const tables = [bases, offsets].map((table) => arena.i32(new Int32Array(table.buffer)));
    const part = Math.ceil(bases.length / threads);
    const calls = Array.from({ length: Math.ceil(bases.length / part) }, (_, k) => {
      const scratch = arena.f64(2 * 2 ** (RUN + high.length));
      const range = [k * part, Math.min(bases.length, (k + 1) * part)];
      return [re, im, tables[0]!, ...range, tables[1]!, offsets.length, ...program, scratch];
    });
    return { kernel: "runTiles" as const, calls };
  });
}

/** A program in the kernels' memory: its address, and how many operations it has. */
function upload(arena: Arena, heap: Heap, program: Program): [address: number, count: number] {
  const matrices = arena.f64(program.matrices);
  const address = arena.i32(program.words);
  const words = heap.i32(address, program.words.length);
  for (let k = MATRIX_WORD; k < words.length; k += WORDS) words[k] = matrices + 8 * words[k]!;
  return [address, program.count];
}
