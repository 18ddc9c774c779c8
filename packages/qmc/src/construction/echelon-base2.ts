import type { Echelon } from "./t-value.ts";

/** Independent rows of at most 64 bits, in two words. */
export class EchelonBase2 implements Echelon<Int32Array> {
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  #size = 0;

  /** Room for `rows` rows. */
  constructor(rows: number) {
    this.#low = new Int32Array(rows);
    this.#high = new Int32Array(rows);
  }

  push(row: Int32Array): boolean {
    let low = row[0]!;
    let high = row.length > 1 ? row[1]! : 0;
    for (let i = 0; i < this.#size; i++) {
      const basisLow = this.#low[i]!;
      const basisHigh = this.#high[i]!;
      // The pivot of a row is its lowest bit that is set; no later row has that bit.
      const set = basisLow !== 0 ? low & basisLow & -basisLow : high & basisHigh & -basisHigh;
      if (set !== 0) {
        low ^= basisLow;
        high ^= basisHigh;
      }
    }
    if (low === 0 && high === 0) return false;
    this.#low[this.#size] = low;
    this.#high[this.#size++] = high;
    return true;
  }

  pop(): void {
    this.#size--;
  }
}
