/** How long a stream may be silent before a comment shows that it lives, in milliseconds. */
const silence = 15_000;

/**
 * Server-sent events: each value as an event of that name, then `end`. The values are not asked for
 * any more when the reader goes away. `over` is aborted when the stream ends, in whichever way.
 */
export function eventStream<T>(
  name: string,
  values: AsyncGenerator<T, void, void>,
  over: AbortController,
): Response {
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
