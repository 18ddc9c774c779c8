import { checkType, domainError } from "@daily-kernel/compute";
import type { Entanglement } from "./feature-circuit.ts";

/** The pairs of an entanglement, the smaller qubit first. */
export function pairsOf(
  fn: string,
  entanglement: Entanglement,
  qubits: number,
): readonly (readonly [number, number])[] {
  if (entanglement === "linear") {
    return Array.from({ length: qubits - 1 }, (_, q) => [q, q + 1] as const);
  }
  if (entanglement === "full") {
    return Array.from({ length: qubits }, (_, j) => j).flatMap((j) =>
      Array.from({ length: j }, (_, i) => [i, j] as const),
    );
  }
  const expected = `"full", "linear" or an array of pairs`;
  checkType(Array.isArray(entanglement), fn, "entanglement", expected, entanglement);
  const seen = new Set<string>();
  return entanglement.map((pair, k) => {
    const ok = Array.isArray(pair) && pair.length === 2 && pair.every((q) => Number.isInteger(q));
    checkType(ok, fn, `entanglement[${k}]`, "a pair of qubits", pair);
    const [a, b] = [Math.min(...pair), Math.max(...pair)];
    if (a < 0 || b >= qubits || a === b || seen.has(`${a},${b}`)) {
      throw domainError(
        `${fn}: entanglement[${k}] must be two of ${qubits} qubits, each pair once, got ${pair}`,
      );
    }
    seen.add(`${a},${b}`);
    return [a, b] as const;
  });
}
