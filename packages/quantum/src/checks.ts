import { checkType, domainError, type Matrix, Rng, shapeError } from "@daily-kernel/compute";

/** The largest number of qubits of a state vector: 2^24 amplitudes, 268 MB. */
export const MOST_QUBITS = 24;

/** Throws unless `value` is a number of qubits that a state vector can have. */
export function checkQubits(
  fn: string,
  value: unknown,
  most = MOST_QUBITS,
): asserts value is number {
  checkType(typeof value === "number", fn, "qubits", "a number", value);
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  const bytes = Number.isInteger(value) && value > most ? `: ${memory(value, most)}` : "";
  throw domainError(`${fn}: qubits must be a whole number in 1..${most}, got ${value}${bytes}`);
}

const memory = (qubits: number, most: number): string => {
  const bits = most === MOST_QUBITS ? qubits : 2 * qubits;
  return `its state would need ${(16 * 2 ** bits).toExponential(1)} bytes`;
};

/** Throws unless `value` is a whole number of at least `least`. */
export function checkCount(
  fn: string,
  name: string,
  value: unknown,
  least: number,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (Number.isSafeInteger(value) && value >= least) return;
  throw domainError(`${fn}: ${name} must be a whole number >= ${least}, got ${value}`);
}

/** The generator of a seed, or the one that is given. */
export function rngOf(fn: string, seed: number | bigint | Rng): Rng {
  const ok = seed instanceof Rng || typeof seed === "number" || typeof seed === "bigint";
  checkType(ok, fn, "options.seed", "a seed", seed);
  return seed instanceof Rng ? seed : new Rng(seed);
}

/** Throws unless `value` is a number in [low, high]. */
export function checkRange(
  fn: string,
  name: string,
  value: unknown,
  low: number,
  high: number,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (value >= low && value <= high) return;
  throw domainError(`${fn}: ${name} must lie in [${low}, ${high}], got ${value}`);
}

/** Throws unless `value` is a finite number above zero. */
export function checkPositive(fn: string, name: string, value: unknown): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw domainError(`${fn}: ${name} must be positive and finite, got ${value}`);
}

/** Throws unless `value` is an array of `length` finite numbers. */
export function checkVector(
  fn: string,
  name: string,
  value: unknown,
  length: number,
): asserts value is ArrayLike<number> {
  const array = value as ArrayLike<unknown>;
  const ok = Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
  checkType(ok, fn, name, "an array of numbers", value);
  if (array.length !== length) {
    throw shapeError(`${fn}: ${name} must hold ${length} numbers, got ${array.length}`);
  }
  for (let i = 0; i < length; i++) {
    checkType(typeof array[i] === "number", fn, `${name}[${i}]`, "a number", array[i]);
    if (Number.isFinite(array[i])) continue;
    throw domainError(`${fn}: ${name} must be finite, got ${array[i]} at index ${i}`);
  }
}

/** Throws unless `value` is a matrix of finite doubles, with so many columns if that is given. */
export function checkMatrix(
  fn: string,
  name: string,
  value: unknown,
  cols?: number,
): asserts value is Matrix {
  const object = typeof value === "object" && value !== null;
  checkType(object, fn, name, "a matrix { data, rows, cols }", value);
  const m = value as Matrix;
  checkType(m.data instanceof Float64Array, fn, `${name}.data`, "a Float64Array", m.data);
  checkCount(fn, `${name}.rows`, m.rows, 0);
  checkCount(fn, `${name}.cols`, m.cols, 0);
  if (m.data.length !== m.rows * m.cols) {
    throw shapeError(
      `${fn}: ${name} is ${m.rows}x${m.cols}, so ${name}.data must hold ${m.rows * m.cols} numbers, got ${m.data.length}`,
    );
  }
  if (cols !== undefined && m.cols !== cols) {
    throw shapeError(`${fn}: ${name} must have ${cols} columns, got ${m.rows}x${m.cols}`);
  }
  const bad = m.data.findIndex((entry) => !Number.isFinite(entry));
  if (bad < 0) return;
  const at = `row ${Math.floor(bad / m.cols)}, column ${bad % m.cols}`;
  throw domainError(`${fn}: ${name} must be finite, got ${m.data[bad]} at ${at}`);
}

/** Throws unless `value` is an array of at least two labels -1 and 1, both present. */
export function checkLabels(fn: string, value: unknown, length: number): void {
  checkVector(fn, "y", value, length);
  const labels = Array.from(value);
  const bad = labels.findIndex((label) => label !== 1 && label !== -1);
  if (bad >= 0) throw domainError(`${fn}: y must be -1 or 1, got ${labels[bad]} at index ${bad}`);
  if (!(labels.includes(1) && labels.includes(-1))) {
    throw domainError(`${fn}: y must have both labels, got ${labels[0] ?? "none"} alone`);
  }
}
