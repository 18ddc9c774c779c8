import { Worker } from "node:worker_threads";
import { parseQueryPage, type QueryPage } from "./atom.ts";
import { UpstreamError, UpstreamFormat, UpstreamRefusal } from "./errors.ts";
import { type OaiPage, parseOaiPage } from "./oai.ts";
import { parseRss, type RssPage } from "./rss.ts";

/** The formats that arXiv answers in, and what is read from each. */
export interface Pages {
  readonly oai: OaiPage;
  readonly query: QueryPage;
  readonly rss: RssPage;
}

const parsers: { readonly [Kind in keyof Pages]: (text: string, url: string) => Pages[Kind] } = {
  oai: parseOaiPage,
  query: parseQueryPage,
  rss: parseRss,
};

export interface ReadRequest {
  readonly kind: keyof Pages;
  readonly text: string;
  readonly url: string;
}

/** What the thread answers: the page, or what its error was made of. */
export type ReadReply =
  | { readonly page: Pages[keyof Pages] }
  | { readonly format: { readonly offset: number; readonly reason: string } }
  | { readonly refusal: string };

/** From so many characters on, reading takes so long that a server's other work would wait for it. */
const long = 100_000;

/** Reads an answer, a long one on a thread of its own. @throws UpstreamFormat; UpstreamRefusal. */
export async function read<Kind extends keyof Pages>(
  kind: Kind,
  text: string,
  url: string,
): Promise<Pages[Kind]> {
  if (text.length < long) return parsers[kind](text, url);
  const reply = await offThread({ kind, text, url });
  if ("format" in reply) throw new UpstreamFormat(url, reply.format.offset, reply.format.reason);
  if ("refusal" in reply) throw new UpstreamRefusal(url, reply.refusal);
  return reply.page as Pages[Kind];
}

/** The reading itself, errors as values. */
export function readHere({ kind, text, url }: ReadRequest): ReadReply {
  try {
    return { page: parsers[kind](text, url) };
  } catch (error) {
    if (error instanceof UpstreamFormat) {
      return { format: { offset: error.offset, reason: error.reason } };
    }
    if (error instanceof UpstreamRefusal) return { refusal: error.reason };
    throw error;
  }
}

function offThread(request: ReadRequest): Promise<ReadReply> {
  const worker = new Worker(new URL("./read-worker.ts", import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", (error) =>
      reject(new UpstreamError(request.url, "could not be read", { cause: error })),
    );
  });
}
