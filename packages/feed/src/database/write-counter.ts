import type { LogEvent } from "kysely";

/** Counts the statements that may have changed something, commits among them, when they have ended. */
export class WriteCounter {
  #count = 0;

  readonly log = ({ query }: LogEvent): void => {
    if (!/^\s*(?:select|begin|start)\b/i.test(query.sql)) this.#count++;
  };

  readonly writes = (): number => this.#count;
}
