/** How long the answers of each kind took, and what went wrong. */
export class Measurements {
  readonly #times = new Map<string, number[]>();
  readonly #statuses = new Map<number, number>();
  readonly #wrong = new Map<string, number>();
  /** The first of what went wrong, in words. */
  readonly examples: string[] = [];

  took(kind: string, milliseconds: number): void {
    const times = this.#times.get(kind);
    if (times) times.push(milliseconds);
    else this.#times.set(kind, [milliseconds]);
  }

  answered(status: number): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  wrong(kind: string, what: string): void {
    this.#wrong.set(kind, (this.#wrong.get(kind) ?? 0) + 1);
    if (this.examples.length < 20) this.examples.push(`${kind}: ${what.slice(0, 300)}`);
  }

  get requests(): number {
    return this.#statuses.values().reduce((sum, n) => sum + n, 0);
  }

  get errors(): number {
    return this.#wrong.values().reduce((sum, n) => sum + n, 0);
  }

  get statuses(): [number, number][] {
    return [...this.#statuses].sort(([a], [b]) => a - b);
  }

  /** Rows of kind, count, p50, p95, p99 and the longest, in milliseconds. */
  get rows(): [string, number, ...number[]][] {
    return [...this.#times]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, times]) => {
        const sorted = times.toSorted((a, b) => a - b);
        const at = (q: number) =>
          sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
        return [kind, times.length, at(0.5), at(0.95), at(0.99), sorted.at(-1)!];
      });
  }
}
