import { allocate, checkType, domainError, type Matrix, shapeError } from "@daily-kernel/compute";
import { checkCount, checkQubits } from "../checks.ts";

/**
 * A pure state of n qubits: 2^n amplitudes, real and imaginary parts apart. Qubit 0 is the most
 * significant bit of an amplitude's index. Any object of that shape will do.
 */
export interface StateVector {
  readonly qubits: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Several states of n qubits, one a row: matrices of `count` x 2^n. */
export interface StateBatch {
  readonly qubits: number;
  readonly re: Matrix;
  readonly im: Matrix;
}

/** The basis state |index>, |0...0> by default. */
export function basisState(qubits: number, index = 0): StateVector {
  checkQubits("basisState", qubits);
  checkCount("basisState", "index", index, 0);
  const n = 2 ** qubits;
  if (index >= n) throw domainError(`basisState: index must be below ${n}, got ${index}`);
  const re = allocate("basisState", Float64Array, n);
  re[index] = 1;
  return { qubits, re, im: allocate("basisState", Float64Array, n) };
}

/** Throws unless `value` is a state of finite amplitudes, of so many qubits if that is given. */
export function checkState(
  fn: string,
  name: string,
  value: unknown,
  qubits?: number,
): asserts value is StateVector {
  checkType(typeof value === "object" && value !== null, fn, name, "a state", value);
  const state = value as StateVector;
  checkQubits(fn, state.qubits);
  if (qubits !== undefined && state.qubits !== qubits) {
    throw shapeError(`${fn}: ${name} must have ${qubits} qubits, got ${state.qubits}`);
  }
  for (const plane of ["re", "im"] as const) {
    const data = state[plane];
    checkType(data instanceof Float64Array, fn, `${name}.${plane}`, "a Float64Array", data);
    if (data.length !== 2 ** state.qubits) {
      throw shapeError(
        `${fn}: ${name}.${plane} must hold ${2 ** state.qubits} numbers, got ${data.length}`,
      );
    }
    for (let i = 0; i < data.length; i++) {
      if (data[i]! - data[i]! !== 0) {
        throw domainError(`${fn}: ${name}.${plane} must be finite, got ${data[i]} at index ${i}`);
      }
    }
  }
}

/** <a|b> as [real part, imaginary part]. */
export function innerProduct(a: StateVector, b: StateVector): [re: number, im: number] {
  checkState("innerProduct", "a", a);
  checkState("innerProduct", "b", b, a.qubits);
  let [re, im] = [0, 0];
  for (let i = 0; i < a.re.length; i++) {
    re += a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!;
    im += a.re[i]! * b.im[i]! - a.im[i]! * b.re[i]!;
  }
  return [re, im];
}

/** |<a|b>|^2. */
export function fidelity(a: StateVector, b: StateVector): number {
  checkState("fidelity", "a", a);
  checkState("fidelity", "b", b, a.qubits);
  const [re, im] = innerProduct(a, b);
  return re * re + im * im;
}

/** The probability of each of the 2^n outcomes of a measurement of all qubits. */
export function probabilities(state: StateVector): Float64Array {
  checkState("probabilities", "state", state);
  return state.re.map((re, i) => re * re + state.im[i]! ** 2);
}

/**
 * The same state with its qubits in the opposite order, as simulators number them whose qubit 0 is
 * the low bit.
 */
export function reverseQubits(state: StateVector): StateVector {
  checkState("reverseQubits", "state", state);
  const { qubits } = state;
  const out = { qubits, re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
  for (let i = 0; i < state.re.length; i++) {
    let reversed = 0;
    for (let bit = 0; bit < qubits; bit++) reversed = 2 * reversed + ((i >> bit) & 1);
    out.re[reversed] = state.re[i]!;
    out.im[reversed] = state.im[i]!;
  }
  return out;
}
