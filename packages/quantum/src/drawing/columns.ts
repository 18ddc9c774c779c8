import { type Angle, anglesOf, type Circuit, type Gate } from "../circuits/circuit.ts";

/** A gate as it is drawn: a sign on each of its qubits. */
export interface Drawn {
  readonly signs: ReadonlyMap<number, string>;
  readonly first: number;
  readonly last: number;
}

const CONTROL = "●";
const two = (a: string, b: string) => [a, b];
const SIGNS: Record<string, (label: string) => readonly string[]> = {
  cx: () => two(CONTROL, "X"),
  cy: () => two(CONTROL, "Y"),
  cz: () => two(CONTROL, CONTROL),
  cp: (angles) => two(CONTROL, `P${angles}`),
  crx: (angles) => two(CONTROL, `Rx${angles}`),
  cry: (angles) => two(CONTROL, `Ry${angles}`),
  crz: (angles) => two(CONTROL, `Rz${angles}`),
  swap: () => two("×", "×"),
  rxx: (angles) => two(`Rxx${angles}`, "Rxx"),
  ryy: (angles) => two(`Ryy${angles}`, "Ryy"),
  rzz: (angles) => two(`Rzz${angles}`, "Rzz"),
  ccx: () => [CONTROL, CONTROL, "X"],
  ccz: () => [CONTROL, CONTROL, CONTROL],
  cswap: () => [CONTROL, "×", "×"],
  sdg: () => ["S†"],
  tdg: () => ["T†"],
  sx: () => ["√X"],
  unitary: () => two("U", "U"),
};

const numberOf = (value: number) => String(Number(value.toFixed(2)) + 0);

function angleText(angle: Angle): string {
  if (typeof angle === "number") return numberOf(angle);
  const scale = angle.scale ?? 1;
  return `${scale === 1 ? "" : scale === -1 ? "-" : numberOf(scale)}θ${angle.parameter}`;
}

function drawn(gate: Gate): Drawn {
  const list = anglesOf(gate).map(angleText);
  const angles = list.length > 0 ? `(${list.join(",")})` : "";
  const plain = gate.gate[0]!.toUpperCase() + gate.gate.slice(1) + angles;
  const signs = SIGNS[gate.gate]?.(angles) ?? [plain];
  return {
    signs: new Map(gate.qubits.map((qubit, k) => [qubit, signs[k]!])),
    first: Math.min(...gate.qubits),
    last: Math.max(...gate.qubits),
  };
}

/** The gates of a circuit in columns: each as far to the left as those before it let it. */
export function columnsOf(circuit: Circuit): Drawn[][] {
  const columns: Drawn[][] = [];
  const free = new Array<number>(circuit.qubits).fill(0);
  for (const gate of circuit.gates) {
    const item = drawn(gate);
    let column = 0;
    for (let q = item.first; q <= item.last; q++) column = Math.max(column, free[q]!);
    for (let q = item.first; q <= item.last; q++) free[q] = column + 1;
    columns[column] = [...(columns[column] ?? []), item];
  }
  return columns;
}

export const isControl = (sign: string): boolean => sign === CONTROL;
export const isCross = (sign: string): boolean => sign === "×";
