/** The texts that have a word, in ascending order, and how often each has it (weighted). */
export class Postings {
  slots = new Uint32Array(2);
  counts = new Float32Array(2);
  length = 0;

  push(slot: number, count: number): void {
    if (this.length === this.slots.length) {
      const room = Math.ceil(this.length * 1.5) + 1;
      this.slots = grown(this.slots, new Uint32Array(room));
      this.counts = grown(this.counts, new Float32Array(room));
    }
    this.slots[this.length] = slot;
    this.counts[this.length++] = count;
  }

  /** Gives every text its new slot, in the same order; those that have none (-1) go. */
  move(slotOf: Int32Array): void {
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      const slot = slotOf[this.slots[i]!]!;
      if (slot < 0) continue;
      this.slots[kept] = slot;
      this.counts[kept++] = this.counts[i]!;
    }
    this.length = kept;
  }
}

/** `into`, which is longer, beginning with `from`. */
export function grown<A extends Uint8Array | Uint32Array | Float32Array | Float64Array>(
  from: A,
  into: A,
): A {
  into.set(from);
  return into;
}
