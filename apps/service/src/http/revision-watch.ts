import { type Database, feedState } from "@daily-kernel/feed/node";

/** How old the answer may be while this process writes nothing, in milliseconds. */
const oldest = 500;

/**
 * Tells in which state readers see the papers. What this process wrote shows at once; what another
 * one wrote shows after half a second at most.
 */
export class RevisionWatch {
  readonly #database: Pick<Database, "db" | "writes">;
  #state = "";
  #readAt = Number.NEGATIVE_INFINITY;
  #writes = -1;
  #reading: { readonly writes: number; readonly state: Promise<string> } | null = null;

  constructor(database: Pick<Database, "db" | "writes">) {
    this.#database = database;
  }

  /** @param now milliseconds on any clock that only goes forward. */
  current(now: number): string | Promise<string> {
    const writes = this.#database.writes();
    if (writes === this.#writes && now - this.#readAt < oldest) return this.#state;
    // Who comes while it is being read waits for the same answer, unless something was written since.
    if (this.#reading?.writes === writes) return this.#reading.state;
    const state = this.#read(writes, now);
    this.#reading = { writes, state };
    return state;
  }

  async #read(writes: number, now: number): Promise<string> {
    try {
      const state = await feedState(this.#database.db);
      if (writes >= this.#writes) {
        this.#state = state;
        this.#writes = writes;
        this.#readAt = now;
      }
      return state;
    } finally {
      if (this.#reading?.writes === writes) this.#reading = null;
    }
  }
}
