import { checkType } from "@daily-kernel/compute";
import { Circuit } from "../circuits/circuit.ts";
import { columnsOf, isControl, isCross } from "./columns.ts";

/** A drawing of a circuit in characters, a line a qubit and one between two of them. */
export function drawText(circuit: Circuit): string {
  checkType(circuit instanceof Circuit, "drawText", "circuit", "a Circuit", circuit);
  const names = Array.from({ length: circuit.qubits }, (_, q) => `q${q}: `);
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.flatMap((name) => [`${name.padEnd(width)}─`, " ".repeat(width + 1)]);
  for (const column of columnsOf(circuit)) {
    const wire = new Map<number, string>();
    const below = new Set<number>();
    for (const { signs, first, last } of column) {
      for (let q = first; q <= last; q++) {
        const sign = signs.get(q);
        const bare = sign !== undefined && (isControl(sign) || isCross(sign));
        wire.set(q, sign === undefined ? "┼" : bare ? sign : `[${sign}]`);
        if (q < last) below.add(q);
      }
    }
    const size = Math.max(...[...wire.values()].map((text) => text.length)) + 1;
    for (let q = 0; q < circuit.qubits; q++) {
      const text = wire.get(q) ?? "";
      const left = Math.floor((size - text.length) / 2);
      lines[2 * q] += `${"─".repeat(left)}${text}`.padEnd(size, "─");
      const middle = Math.floor((size - 1) / 2);
      lines[2 * q + 1] += (below.has(q) ? `${" ".repeat(middle)}│` : "").padEnd(size);
    }
  }
  return lines
    .slice(0, -1)
    .map((line, k) => (k % 2 === 0 ? `${line}─` : line.trimEnd()))
    .join("\n");
}
