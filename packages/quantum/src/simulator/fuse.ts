import { actionOf, type Circuit } from "../circuits/circuit.ts";
import { type ComplexMatrix, kronecker, multiply } from "../circuits/complex-matrix.ts";
import { isDiagonal, isFlip, isReal } from "./shapes.ts";

/** A matrix on one or two target qubits (the first one high) that acts if all controls are 1. */
export interface Operation {
  readonly controls: readonly number[];
  readonly targets: readonly number[];
  readonly matrix: ComplexMatrix;
}

const IDENTITY = Float64Array.of(1, 0, 0, 0, 0, 0, 1, 0);

/** Arithmetic an amplitude, in units of a real vector operation: what decides how gates merge. */
function cost({ controls, targets, matrix }: Operation): number {
  const share = controls.length > 0 ? 0.7 : 1;
  if (isDiagonal(matrix)) return 3 * share;
  if (isFlip(matrix)) return 1.5 * share;
  if (targets.length === 2) return 9 * share;
  return (isReal(matrix) ? 2.5 : 4) * share;
}

/** Gates on two qubits that nothing has come between. */
interface Block {
  readonly qubits: readonly [number, number];
  readonly parts: Operation[];
  matrix: ComplexMatrix;
}

/**
 * The operations of a circuit, fewer and the same in effect: gates on one qubit merge with one
 * another, and gates on one pair of qubits become one matrix where that saves arithmetic.
 */
export function fuse(circuit: Circuit, values: ArrayLike<number>): Operation[] {
  const out: Operation[] = [];
  const pending = new Map<number, ComplexMatrix>();
  const open = new Map<number, Block>();
  const release = (qubit: number): void => {
    const matrix = pending.get(qubit);
    pending.delete(qubit);
    if (matrix) out.push({ controls: [], targets: [qubit], matrix });
  };
  const close = (qubit: number): void => {
    const block = open.get(qubit);
    if (!block) return;
    for (const each of block.qubits) open.delete(each);
    out.push(...cheapest(block));
  };
  for (const gate of circuit.gates) {
    const operation = actionOf(gate, values);
    const { controls, targets, matrix } = operation;
    const qubits = [...controls, ...targets];
    if (qubits.length === 1) {
      const [qubit] = qubits as [number];
      pending.set(qubit, multiply(matrix, pending.get(qubit) ?? IDENTITY));
      continue;
    }
    if (qubits.length > 2) {
      for (const qubit of qubits) close(qubit);
      for (const qubit of qubits) release(qubit);
      out.push(operation);
      continue;
    }
    const pair = qubits as [number, number];
    let block = open.get(pair[0]);
    if (block === undefined || block !== open.get(pair[1])) {
      for (const qubit of pair) close(qubit);
      block = { qubits: pair, parts: [], matrix: kronecker(IDENTITY, IDENTITY) };
      for (const qubit of pair) open.set(qubit, block);
    }
    for (const qubit of pair) {
      const single = pending.get(qubit);
      pending.delete(qubit);
      if (single) extend(block, { controls: [], targets: [qubit], matrix: single });
    }
    extend(block, operation);
  }
  for (const qubit of [...open.keys()]) close(qubit);
  for (const qubit of [...pending.keys()]) release(qubit);
  return out;
}

function extend(block: Block, part: Operation): void {
  block.parts.push(part);
  block.matrix = multiply(onPair(part, block.qubits), block.matrix);
}

function cheapest({ qubits, parts, matrix }: Block): Operation[] {
  const whole = { controls: [], targets: qubits, matrix };
  const apart = parts.reduce((sum, part) => sum + cost(part), 0);
  return cost(whole) < apart ? [whole] : parts;
}

/** The 4x4 matrix of an operation on some of a pair of qubits, in the order of the pair. */
function onPair({ controls, targets, matrix }: Operation, pair: readonly number[]): ComplexMatrix {
  const [first, second] = [...controls, ...targets] as [number, number | undefined];
  if (second === undefined) {
    return first === pair[0] ? kronecker(matrix, IDENTITY) : kronecker(IDENTITY, matrix);
  }
  const full = controls.length === 0 ? matrix : controlled(matrix);
  return first === pair[0] ? full : exchanged(full);
}

/** A 2x2 matrix under the control of the high bit. */
function controlled(matrix: ComplexMatrix): ComplexMatrix {
  const out = new Float64Array(32);
  out[0] = out[10] = 1;
  out.set(matrix.subarray(0, 4), 20);
  out.set(matrix.subarray(4), 28);
  return out;
}

/** A 4x4 matrix with the two bits of its index in the other order. */
function exchanged(matrix: ComplexMatrix): ComplexMatrix {
  const order = [0, 2, 1, 3];
  const out = new Float64Array(32);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      const from = 2 * (4 * order[i]! + order[j]!);
      out.set(matrix.subarray(from, from + 2), 2 * (4 * i + j));
    }
  }
  return out;
}
