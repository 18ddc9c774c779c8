import type { ComplexMatrix } from "./complex-matrix.ts";

/** What a gate of the library is. */
export interface GateKind {
  /** Qubits that must be 1 for the gate to act; they come first in its list of qubits. */
  readonly controls: number;
  /** Qubits that the matrix acts on. */
  readonly targets: 1 | 2;
  /**
   * One entry an angle: the matrix entries are sums of constants and sines and cosines of `entries`
   * times the angle; expectations are sums of those of `shifts` times it.
   */
  readonly angles: readonly { readonly entries: 0.5 | 1; readonly shifts: readonly number[] }[];
  /** On the targets: 2^targets rows. */
  matrix(...angles: number[]): ComplexMatrix;
}

const complex = (...entries: number[]): ComplexMatrix => Float64Array.from(entries);
const fixed = (controls: number, targets: 1 | 2, ...entries: number[]): GateKind => ({
  controls,
  targets,
  angles: [],
  matrix: () => complex(...entries),
});
const HALF = { entries: 0.5, shifts: [1] } as const;
const WHOLE = { entries: 1, shifts: [1] } as const;
/** A controlled rotation mixes half and whole frequencies. */
const MIXED = { entries: 0.5, shifts: [0.5, 1] } as const;

const R = Math.SQRT1_2;
const X = [0, 0, 1, 0, 1, 0, 0, 0];
const Y = [0, 0, 0, -1, 0, 1, 0, 0];
const Z = [1, 0, 0, 0, 0, 0, -1, 0];
const SWAP = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
  .concat([0, 0, 1, 0, 0, 0, 0, 0])
  .concat([0, 0, 0, 0, 0, 0, 1, 0]);

const cosSin = (angle: number) => [Math.cos(angle / 2), Math.sin(angle / 2)] as const;
const phase = (angle: number) => complex(1, 0, 0, 0, 0, 0, Math.cos(angle), Math.sin(angle));
const rx = (angle: number) => {
  const [c, s] = cosSin(angle);
  return complex(c, 0, 0, -s, 0, -s, c, 0);
};
const ry = (angle: number) => {
  const [c, s] = cosSin(angle);
  return complex(c, 0, -s, 0, s, 0, c, 0);
};
const rz = (angle: number) => {
  const [c, s] = cosSin(angle);
  return complex(c, -s, 0, 0, 0, 0, c, s);
};
const u = (theta: number, phi: number, lambda: number) => {
  const [c, s] = cosSin(theta);
  return complex(
    ...[c, 0, -s * Math.cos(lambda), -s * Math.sin(lambda)],
    ...[s * Math.cos(phi), s * Math.sin(phi)],
    ...[c * Math.cos(phi + lambda), c * Math.sin(phi + lambda)],
  );
};

/** exp(-i angle P / 2) for a product P of two Pauli matrices, by its entry in each row. */
function rotation2(angle: number, columns: readonly number[], values: readonly number[]) {
  const [c, s] = cosSin(angle);
  const out = new Float64Array(32);
  for (let row = 0; row < 4; row++) {
    out[10 * row] = c;
    out[2 * (4 * row + columns[row]!) + 1]! -= s * values[row]!;
  }
  return out;
}

const rotation = (controls: number, matrix: (angle: number) => ComplexMatrix): GateKind => ({
  controls,
  targets: 1,
  angles: [controls === 0 ? HALF : MIXED],
  matrix,
});
const pauliRotation = (columns: number[], values: number[]): GateKind => ({
  controls: 0,
  targets: 2,
  angles: [HALF],
  matrix: (angle) => rotation2(angle, columns, values),
});

/** The gates that a circuit can name, by Qiskit's names and conventions. */
export const GATES = {
  x: fixed(0, 1, ...X),
  y: fixed(0, 1, ...Y),
  z: fixed(0, 1, ...Z),
  h: fixed(0, 1, R, 0, R, 0, R, 0, -R, 0),
  s: fixed(0, 1, 1, 0, 0, 0, 0, 0, 0, 1),
  sdg: fixed(0, 1, 1, 0, 0, 0, 0, 0, 0, -1),
  t: fixed(0, 1, 1, 0, 0, 0, 0, 0, R, R),
  tdg: fixed(0, 1, 1, 0, 0, 0, 0, 0, R, -R),
  sx: fixed(0, 1, 0.5, 0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5),
  p: { controls: 0, targets: 1, angles: [WHOLE], matrix: phase },
  rx: rotation(0, rx),
  ry: rotation(0, ry),
  rz: rotation(0, rz),
  u: { controls: 0, targets: 1, angles: [HALF, WHOLE, WHOLE], matrix: u },
  cx: fixed(1, 1, ...X),
  cy: fixed(1, 1, ...Y),
  cz: fixed(1, 1, ...Z),
  cp: { controls: 1, targets: 1, angles: [WHOLE], matrix: phase },
  crx: rotation(1, rx),
  cry: rotation(1, ry),
  crz: rotation(1, rz),
  swap: fixed(0, 2, ...SWAP),
  rxx: pauliRotation([3, 2, 1, 0], [1, 1, 1, 1]),
  ryy: pauliRotation([3, 2, 1, 0], [-1, 1, 1, -1]),
  rzz: pauliRotation([0, 1, 2, 3], [1, -1, -1, 1]),
  ccx: fixed(2, 1, ...X),
  ccz: fixed(2, 1, ...Z),
  cswap: fixed(1, 2, ...SWAP),
} as const satisfies Record<string, GateKind>;

export type GateName = keyof typeof GATES;
