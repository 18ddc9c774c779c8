/** The last `size` results asked for, by key; a result that fails is not kept. */
export class LatestUsed<T extends Promise<unknown>> {
  readonly #size: number;
  readonly #kept = new Map<string, T>();

  constructor(size: number) {
    this.#size = size;
  }

  get(key: string, make: () => T): T {
    const value = this.#kept.get(key) ?? make();
    // A map keeps the order of insertion: the first key is the one that waited longest.
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > this.#size) this.#kept.delete(this.#kept.keys().next().value!);
    value.catch(() => this.#kept.delete(key));
    return value;
  }
}
