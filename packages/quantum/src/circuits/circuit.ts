import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import { checkCount, checkQubits, checkVector, MOST_QUBITS } from "../checks.ts";
import { adjoint, type ComplexMatrix, unitarityError } from "./complex-matrix.ts";
import { GATES, type GateKind, type GateName } from "./gates.ts";

/** An angle in radians: a number, or `scale` times a parameter that is given later. */
export type Angle = number | { readonly parameter: number; readonly scale?: number };

/** A gate of the library on some qubits, controls first. */
export interface NamedGate {
  readonly gate: GateName;
  readonly qubits: readonly number[];
  readonly angles?: readonly Angle[];
}

/** A unitary matrix on one or two qubits, the first one the high bit of its index. */
export interface MatrixGate {
  readonly gate: "unitary";
  readonly qubits: readonly number[];
  /** Row-major, real and imaginary parts in turn. */
  readonly matrix: readonly number[];
}

export type Gate = NamedGate | MatrixGate;

/** `parameter(k)` stands for the k-th parameter of a circuit, `parameter(k, -2)` for -2 times it. */
export function parameter(index: number, scale = 1): Angle {
  checkCount("parameter", "index", index, 0);
  checkVector("parameter", "scale", [scale], 1);
  return { parameter: index, scale };
}

/**
 * A quantum circuit: a list of gates, plain data that survives JSON. Qubit 0 is the most significant
 * bit of a basis state's index. Immutable: every method gives a new circuit.
 */
export class Circuit {
  readonly qubits: number;
  readonly gates: readonly Gate[];

  /** @throws TypeError or RangeError, naming the gate, for one that does not fit. */
  constructor(qubits: number, gates: readonly Gate[] = []) {
    checkQubits("Circuit", qubits);
    checkType(Array.isArray(gates), "Circuit", "gates", "an array", gates);
    for (const [k, gate] of gates.entries()) checkGate("Circuit", `gates[${k}]`, gate, qubits);
    this.qubits = qubits;
    this.gates = Object.freeze(gates.map(kept));
  }

  /** One more than the largest index of a parameter; 0 without parameters. */
  get parameters(): number {
    return this.gates.reduce((most, gate) => {
      const indices = anglesOf(gate).map((a) => (typeof a === "number" ? -1 : a.parameter));
      return Math.max(most, ...indices.map((index) => index + 1));
    }, 0);
  }

  /** The circuit and then more gates, or the gates of another circuit on as many qubits. */
  with(...next: readonly (Gate | Circuit)[]): Circuit {
    const gates = next.flatMap((part) => {
      if (!(part instanceof Circuit)) return [part];
      if (part.qubits === this.qubits) return part.gates;
      throw shapeError(`Circuit.with: ${part.qubits} qubits cannot follow ${this.qubits}`);
    });
    return new Circuit(this.qubits, [...this.gates, ...gates]);
  }

  /** The inverse: gates in the opposite order, each inverted. */
  inverse(): Circuit {
    return new Circuit(this.qubits, this.gates.map(inverted).reverse());
  }

  /** The circuit with numbers for its parameters. */
  bind(values: ArrayLike<number>): Circuit {
    checkVector("Circuit.bind", "values", values, this.parameters);
    const gates = this.gates.map((gate) =>
      "angles" in gate ? { ...gate, angles: boundAngles(gate, values) } : gate,
    );
    return new Circuit(this.qubits, gates);
  }

  toJSON(): { qubits: number; gates: readonly Gate[] } {
    return { qubits: this.qubits, gates: this.gates };
  }
}

/** A gate by its name, qubits (controls first) and angles. @throws as `Circuit` does */
export function gate(name: GateName, qubits: readonly number[], ...angles: Angle[]): NamedGate {
  const made = angles.length === 0 ? { gate: name, qubits } : { gate: name, qubits, angles };
  checkGate("gate", "gate", made, MOST_QUBITS);
  return made;
}

/** Gates that circuits hold: copies that nobody can change. */
const own = new WeakSet<Gate>();

function kept(gate: Gate): Gate {
  if (own.has(gate)) return gate;
  const qubits = Object.freeze([...gate.qubits]);
  const copy: Gate =
    gate.gate === "unitary"
      ? { gate: "unitary", qubits, matrix: Object.freeze(Array.from(gate.matrix)) }
      : gate.angles === undefined
        ? { gate: gate.gate, qubits }
        : { gate: gate.gate, qubits, angles: Object.freeze(gate.angles.map(keptAngle)) };
  own.add(Object.freeze(copy));
  return copy;
}

const keptAngle = (angle: Angle): Angle =>
  typeof angle === "number" ? angle : Object.freeze({ ...angle });

export const anglesOf = (gate: Gate): readonly Angle[] =>
  "angles" in gate ? (gate.angles ?? []) : [];

/** Numbers for the angles of a gate. */
export const boundAngles = (gate: Gate, values: ArrayLike<number>): number[] =>
  anglesOf(gate).map((angle) => {
    if (typeof angle === "number") return angle;
    const { parameter: index, scale = 1 } = angle;
    const value = scale * values[index]!;
    if (Number.isFinite(value)) return value;
    throw domainError(`Circuit: ${scale} times parameter ${index} must be finite, got ${value}`);
  });

/** What a gate does: its matrix on its last qubits if all of its first `controls` are 1. */
export function actionOf(
  gate: Gate,
  values: ArrayLike<number>,
): { controls: readonly number[]; targets: readonly number[]; matrix: ComplexMatrix } {
  if (gate.gate === "unitary") {
    return { controls: [], targets: gate.qubits, matrix: Float64Array.from(gate.matrix) };
  }
  const kind: GateKind = GATES[gate.gate];
  return {
    controls: gate.qubits.slice(0, kind.controls),
    targets: gate.qubits.slice(kind.controls),
    matrix: kind.matrix(...boundAngles(gate, values)),
  };
}

const INVERSES: Partial<Record<GateName, GateName>> = { s: "sdg", sdg: "s", t: "tdg", tdg: "t" };

function inverted(gate: Gate): Gate {
  if (gate.gate === "unitary") {
    return { ...gate, matrix: Array.from(adjoint(Float64Array.from(gate.matrix))) };
  }
  if (gate.gate === "sx") {
    const matrix = Array.from(adjoint(GATES.sx.matrix()));
    return { gate: "unitary", qubits: gate.qubits, matrix };
  }
  const name = INVERSES[gate.gate] ?? gate.gate;
  const negative = anglesOf(gate).map(
    (a): Angle => (typeof a === "number" ? -a : { ...a, scale: -(a.scale ?? 1) }),
  );
  const angles = gate.gate === "u" ? [negative[0]!, negative[2]!, negative[1]!] : negative;
  return angles.length === 0 ? { ...gate, gate: name } : { ...gate, gate: name, angles };
}

function checkGate(fn: string, name: string, value: unknown, qubits: number): void {
  checkType(typeof value === "object" && value !== null, fn, name, "a gate", value);
  const gate = value as Gate;
  const known = typeof gate.gate === "string" && Object.hasOwn(GATES, gate.gate);
  const matrix = gate.gate === "unitary";
  checkType(known || matrix, fn, `${name}.gate`, "the name of a gate", gate.gate);
  checkType(Array.isArray(gate.qubits), fn, `${name}.qubits`, "an array", gate.qubits);
  const kind: GateKind | undefined = known ? GATES[gate.gate as GateName] : undefined;
  const size = kind ? kind.controls + kind.targets : gate.qubits.length;
  if (gate.qubits.length !== size || size < 1 || (!kind && size > 2)) {
    const wanted = kind ? `${size}` : "1 or 2";
    throw shapeError(
      `${fn}: ${name} (${gate.gate}) acts on ${wanted} qubits, got ${gate.qubits.length}`,
    );
  }
  for (const [k, qubit] of gate.qubits.entries()) {
    checkType(typeof qubit === "number", fn, `${name}.qubits[${k}]`, "a number", qubit);
    if (!(Number.isInteger(qubit) && qubit >= 0 && qubit < qubits)) {
      throw domainError(
        `${fn}: ${name}.qubits[${k}] must be a whole number in 0..${qubits - 1}, got ${qubit}`,
      );
    }
    if (gate.qubits.indexOf(qubit) !== k) {
      throw domainError(`${fn}: ${name}.qubits must differ, got ${qubit} twice`);
    }
  }
  if (gate.gate === "unitary") checkUnitary(fn, name, gate);
  else checkAngles(fn, name, gate, kind!.angles.length);
}

function checkUnitary(fn: string, name: string, gate: MatrixGate): void {
  checkVector(fn, `${name}.matrix`, gate.matrix, 2 * 4 ** gate.qubits.length);
  const error = unitarityError(Float64Array.from(gate.matrix));
  if (error > 1e-9) {
    throw domainError(`${fn}: ${name}.matrix must be unitary, |U U^+ - 1| is ${error}`);
  }
}

function checkAngles(fn: string, name: string, gate: NamedGate, count: number): void {
  const angles = gate.angles ?? [];
  checkType(Array.isArray(angles), fn, `${name}.angles`, "an array", angles);
  if (angles.length !== count) {
    throw shapeError(`${fn}: ${name} (${gate.gate}) has ${count} angles, got ${angles.length}`);
  }
  for (const [k, angle] of angles.entries()) {
    if (typeof angle === "object" && angle !== null) {
      checkCount(fn, `${name}.angles[${k}].parameter`, angle.parameter, 0);
      checkVector(fn, `${name}.angles[${k}].scale`, [angle.scale ?? 1], 1);
    } else checkVector(fn, `${name}.angles[${k}]`, [angle], 1);
  }
}
