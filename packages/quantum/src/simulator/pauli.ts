import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import { checkVector } from "../checks.ts";
import { checkState, type StateVector } from "./state-vector.ts";

/** `coefficient` times a product of Pauli matrices, a letter I, X, Y or Z for each qubit. */
export interface PauliTerm {
  readonly pauli: string;
  readonly coefficient: number;
}

/** A Hermitian operator: a Pauli word, or a real linear combination of such. */
export type Observable = string | readonly PauliTerm[];

/** The terms of an observable on so many qubits. */
export function termsOf(fn: string, observable: Observable, qubits: number): readonly PauliTerm[] {
  const terms =
    typeof observable === "string" ? [{ pauli: observable, coefficient: 1 }] : observable;
  checkType(
    Array.isArray(terms),
    fn,
    "observable",
    "a Pauli word or an array of terms",
    observable,
  );
  for (const [k, term] of terms.entries()) {
    const name = `observable[${k}]`;
    checkType(typeof term?.pauli === "string", fn, `${name}.pauli`, "a string", term?.pauli);
    checkVector(fn, `${name}.coefficient`, [term.coefficient], 1);
    if (term.pauli.length !== qubits) {
      throw shapeError(
        `${fn}: ${name}.pauli must have ${qubits} letters, got ${term.pauli.length}`,
      );
    }
    if (!/^[IXYZ]*$/.test(term.pauli)) {
      throw domainError(`${fn}: ${name}.pauli must be of the letters IXYZ, got ${term.pauli}`);
    }
  }
  return terms;
}

/**
 * Adds coefficient P |state> to `out`. A word flips the bits of its X and Y, and multiplies by i^(number
 * of Y) and by -1 for every Y and Z on a bit that is 1. `below` bits lie under those of the qubits.
 */
export function addPauli(
  { pauli, coefficient }: PauliTerm,
  state: { readonly re: Float64Array; readonly im: Float64Array },
  out: { readonly re: Float64Array; readonly im: Float64Array },
  below = 0,
): void {
  let [flips, signs, quarters] = [0, 0, 0];
  for (const [q, letter] of [...pauli].entries()) {
    const bit = 2 ** (pauli.length - 1 - q + below);
    if (letter === "X" || letter === "Y") flips += bit;
    if (letter === "Z" || letter === "Y") signs += bit;
    if (letter === "Y") quarters++;
  }
  const [cos, sin] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ][quarters % 4]!;
  for (let i = 0; i < state.re.length; i++) {
    const sign = coefficient * (odd(i & signs) ? -1 : 1);
    const [a, b] = [state.re[i]!, state.im[i]!];
    out.re[i ^ flips]! += sign * (cos! * a - sin! * b);
    out.im[i ^ flips]! += sign * (cos! * b + sin! * a);
  }
}

/** Whether a number of 32 bits has an odd number of ones. */
function odd(bits: number): boolean {
  let x = bits ^ (bits >> 16);
  x ^= x >> 8;
  x ^= x >> 4;
  return ((0x6996 >> (x & 15)) & 1) === 1;
}

/**
 * <state| observable |state>; O(2^qubits) a term.
 *
 * @throws RangeError `ERR_SHAPE` for words of another length, `ERR_DOMAIN` for other letters.
 */
export function expectation(state: StateVector, observable: Observable): number {
  checkState("expectation", "state", state);
  const terms = termsOf("expectation", observable, state.qubits);
  let sum = 0;
  for (const term of terms) {
    const out = { re: new Float64Array(state.re.length), im: new Float64Array(state.re.length) };
    addPauli(term, state, out);
    for (let i = 0; i < out.re.length; i++) {
      sum += state.re[i]! * out.re[i]! + state.im[i]! * out.im[i]!;
    }
  }
  return sum;
}
