/** How long a stream may be silent before a comment shows that it lives, in milliseconds. */
const silence = 15_000;

/**
 * Server-sent events: each value as an event of that name, then `end`. The values are not asked for
 * any more when the reader goes away.
 */
export function eventStream<T>(
  name: string,
  values: AsyncGenerator<T, void, void>,
  abort: AbortController,
): Response {
  const encoder = new TextEncoder();
  let beat: NodeJS.Timeout;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      beat = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), silence);
      beat.unref();
    },
    async pull(controller) {
      const { done, value } = await values.next();
      if (abort.signal.aborted) return;
      if (!done) {
        controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`));
        return;
      }
      clearInterval(beat);
      controller.enqueue(encoder.encode("event: end\ndata: {}\n\n"));
      controller.close();
    },
    async cancel() {
      clearInterval(beat);
      abort.abort();
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
