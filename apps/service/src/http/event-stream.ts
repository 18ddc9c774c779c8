import type { OpenStreams } from "./open-streams.ts";

/** How long a stream may be silent before a comment shows that it lives, in milliseconds. */
const silence = 15_000;

/** Whom a stream flows to, and what counts it. */
interface Reader {
  readonly request: Request;
  readonly address: string;
  readonly streams: OpenStreams;
}

/**
 * Server-sent events: each value as an event of that name, then `end`. The signal that `follow` gets
 * is aborted when the stream ends, in whichever way; no value is asked for any more then.
 * @throws FeedError (ERR_LIMIT) if the reader's network has too many open.
 */
export function eventStream<T>(
  name: string,
  follow: (over: AbortSignal) => AsyncGenerator<T, void, void>,
  { request, address, streams }: Reader,
): Response {
  const over = new AbortController();
  streams.take(address, over.signal);
  request.signal.addEventListener("abort", () => over.abort(), { once: true });
  const values = follow(over.signal);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const beat = setInterval(
        () => controller.enqueue(encoder.encode(": still here\n\n")),
        silence,
      ).unref();
      over.signal.addEventListener("abort", () => clearInterval(beat), { once: true });
    },
    async pull(controller) {
      try {
        const { done, value } = await values.next();
        if (over.signal.aborted) return;
        if (!done) {
          controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`));
          return;
        }
        controller.enqueue(encoder.encode("event: end\ndata: {}\n\n"));
        controller.close();
        over.abort();
      } catch (error) {
        over.abort();
        throw error;
      }
    },
    async cancel() {
      over.abort();
      await values.return();
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // Proxies that collect replies would hold the events back.
      "x-accel-buffering": "no",
    },
  });
}
