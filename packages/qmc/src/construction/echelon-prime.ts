import type { Echelon } from "./t-value.ts";

/** Independent rows of digits modulo a prime. */
export class EchelonPrime implements Echelon<Uint8Array> {
  readonly #base: number;
  readonly #inverse: Uint8Array;
  readonly #rows: Uint8Array[];
  readonly #pivots: number[] = [];
  readonly #scratch: Uint8Array;

  /** Room for `columns` rows of as many digits. */
  constructor(base: number, columns: number) {
    this.#base = base;
    this.#inverse = new Uint8Array(base);
    for (let a = 1; a < base; a++) {
      for (let b = 1; b < base; b++) if ((a * b) % base === 1) this.#inverse[a] = b;
    }
    this.#rows = Array.from({ length: columns }, () => new Uint8Array(columns));
    this.#scratch = new Uint8Array(columns);
  }

  push(row: Uint8Array): boolean {
    const base = this.#base;
    const reduced = this.#scratch;
    reduced.set(row);
    for (let i = 0; i < this.#pivots.length; i++) {
      const factor = reduced[this.#pivots[i]!]!;
      if (factor === 0) continue;
      const basis = this.#rows[i]!; // its pivot is 1
      for (let c = 0; c < reduced.length; c++) {
        reduced[c] = (reduced[c]! + (base - factor) * basis[c]!) % base;
      }
    }
    const pivot = reduced.findIndex((digit) => digit !== 0);
    if (pivot < 0) return false;
    const scale = this.#inverse[reduced[pivot]!]!;
    const kept = this.#rows[this.#pivots.length]!;
    for (let c = 0; c < kept.length; c++) kept[c] = (reduced[c]! * scale) % base;
    this.#pivots.push(pivot);
    return true;
  }

  pop(): void {
    this.#pivots.pop();
  }
}
