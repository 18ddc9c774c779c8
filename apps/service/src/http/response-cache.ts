/** A reply that is kept. */
export interface Kept {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  /** The body compressed by gzip, made when it is first asked for; null where it gains nothing. */
  readonly gzip: (() => Promise<Uint8Array<ArrayBuffer>>) | null;
}

interface Entry extends Kept {
  readonly revision: string;
  readonly until: number;
  readonly size: number;
}

/**
 * Replies by address, each good for one revision of the database and for a time. The ones that
 * nobody asked for lately go first when there are too many bytes.
 */
export class ResponseCache {
  readonly #entries = new Map<string, Entry>();
  readonly #maxBytes: number;
  readonly #lifetime: number;
  #bytes = 0;

  /** @param options bytes in all, and milliseconds for one. */
  constructor({ maxBytes, lifetime }: { maxBytes: number; lifetime: number }) {
    this.#maxBytes = maxBytes;
    this.#lifetime = lifetime;
  }

  get(key: string, revision: string, now: number): Kept | null {
    const entry = this.#entries.get(key);
    if (!entry) return null;
    this.#entries.delete(key);
    if (entry.revision !== revision || entry.until <= now) {
      this.#bytes -= entry.size;
      return null;
    }
    // Last in the map: the last to go.
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, revision: string, now: number, reply: Kept): void {
    const old = this.#entries.get(key);
    if (old) {
      this.#entries.delete(key);
      this.#bytes -= old.size;
    }
    // With room for its compressed form.
    const size = 1.25 * reply.body.length + 2 * key.length + 500;
    if (size > this.#maxBytes / 8) return;
    this.#entries.set(key, { ...reply, revision, until: now + this.#lifetime, size });
    this.#bytes += size;
    for (const [first, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#entries.delete(first);
      this.#bytes -= entry.size;
    }
  }
}
