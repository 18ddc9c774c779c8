import { ForgeError } from "../session/errors.ts";

/** One thing that happened: what it was, when in the run, and all there is to know of it. */
export interface Event {
  readonly kind: "start" | "proposal" | "check" | "timing" | "counters" | "advice" | "end" | "soft";
  readonly round: number;
  /** How long it took. */
  readonly seconds: number;
  readonly value: unknown;
}

/** Where events are kept, in order. What was appended is safe when the promise resolves. */
export interface History {
  readonly events: readonly Event[];
  append(event: Event): Promise<void>;
}

/** A history that lives as long as the process; begins with `events`. */
export function memoryHistory(events: readonly Event[] = []): History {
  const kept = [...events];
  return {
    events: kept,
    async append(event) {
      kept.push(event);
    },
  };
}

/** JSON has no infinities: they are written as strings that nothing else is. */
const mark = "number:";
const marked = /^number:(-?Infinity|NaN)$/;

/** One event as a line of JSON without its end; the same event gives the same text. */
export const writeEvent = (event: Event): string =>
  JSON.stringify(event, (_key, value) =>
    typeof value === "number" && !Number.isFinite(value) ? `${mark}${value}` : value,
  );

/** The event of a line. @throws SyntaxError for what is no JSON. */
const readEvent = (line: string): Event =>
  JSON.parse(line, (_key, value) =>
    typeof value === "string" && marked.test(value) ? Number(value.slice(mark.length)) : value,
  );

/** The events of a file of JSON lines; a last line that was cut off by a kill is left out. */
export function readHistory(text: string): Event[] {
  const lines = text.split("\n");
  const rest = lines.pop()!;
  const events = lines.filter(Boolean).map(readEvent);
  if (rest !== "") {
    try {
      events.push(readEvent(rest));
    } catch {
      // The process was killed while it wrote this line: that step happens again.
    }
  }
  return events;
}

/**
 * Runs steps, or reads them from the history where they happened before: a run that is started
 * again with its history does nothing twice, and one with its whole history does nothing at all.
 */
export class Recorder {
  /** Seconds that all steps took, those of earlier processes included. */
  elapsed = 0;
  readonly #history: History;
  readonly #recorded: readonly Event[];
  readonly #now: () => number;
  #next = 0;

  constructor(history: History, now: () => number) {
    this.#history = history;
    this.#recorded = [...history.events];
    this.#now = now;
  }

  /** Whether the next step is in the history. */
  get replaying(): boolean {
    return this.#next < this.#recorded.length;
  }

  /**
   * The value of the step: recorded, or computed, written down, and read back, so that both are the
   * same bits.
   * @throws ForgeError `ERR_HISTORY_MISMATCH` when the history tells of another step here.
   */
  async step<T>(kind: Event["kind"], round: number, work: () => Promise<T> | T): Promise<T> {
    // A run that ended and is given more rounds goes on.
    while (kind !== "end" && this.#recorded[this.#next]?.kind === "end") this.#next++;
    const event = this.replaying
      ? this.#recorded[this.#next++]!
      : await this.#do(kind, round, work);
    if (event.kind !== kind || event.round !== round)
      throw new ForgeError(
        "ERR_HISTORY_MISMATCH",
        `the history has ${event.kind} of round ${event.round} where ${kind} of round ${round} is due: it belongs to another run`,
      );
    this.elapsed += event.seconds;
    return event.value as T;
  }

  async #do(kind: Event["kind"], round: number, work: () => unknown): Promise<Event> {
    const start = this.#now();
    const value = await work();
    const event = readEvent(
      writeEvent({ kind, round, seconds: Math.max(0, this.#now() - start) / 1000, value }),
    );
    await this.#history.append(event);
    return event;
  }
}
