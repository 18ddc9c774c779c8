import type { Core } from "../service.ts";

/** What a verb may say while it works. */
export interface VerbIo {
  /** One line about how far it is, with the fraction where that is known. */
  progress(doing: string, fraction?: number): void;
  /** A piece of its output, such as a line of a backup; resolves when more is welcome. */
  data(text: string): Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Something that an operator asks of the service, from the command line: it runs where the database
 * is open. Arguments and result are plain JSON.
 */
export type Verb<Args, Result> = (service: Core, args: Args, io: VerbIo) => Promise<Result>;
