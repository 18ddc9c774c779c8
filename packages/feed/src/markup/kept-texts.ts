/**
 * Texts that were made lately, by what they were made of: pages show the same papers again and again.
 * Those that nobody asked for longest are forgotten first, once there are more than `most` UTF-16
 * units of them.
 */
export class KeptTexts {
  readonly #most: number;
  readonly #texts = new Map<string, string>();
  #units = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get units(): number {
    return this.#units;
  }

  /** The text made of `source`: the one that is kept, or what `make` gives. */
  of(source: string, make: (source: string) => string): string {
    const kept = this.#texts.get(source);
    if (kept !== undefined) {
      // Last in the map: the last to go.
      this.#texts.delete(source);
      this.#texts.set(source, kept);
      return kept;
    }
    const made = make(source);
    const size = source.length + made.length;
    if (size > this.#most / 8) return made;
    this.#texts.set(source, made);
    this.#units += size;
    for (const [first, text] of this.#texts) {
      if (this.#units <= this.#most) break;
      this.#texts.delete(first);
      this.#units -= first.length + text.length;
    }
    return made;
  }
}
