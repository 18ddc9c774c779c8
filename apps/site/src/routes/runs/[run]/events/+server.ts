import { error } from "@sveltejs/kit";
import { serverRunView } from "#lib/server/server-runs.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** A run's progress as server-sent events, until it has ended. */
export const GET: RequestHandler = async ({ params, locals, request }) => {
  const { runs } = service();
  if (!(await runs.get(params.run))) error(404, "There is no such run.");
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, request.signal]);
  const encoder = new TextEncoder();
  const views = runs.follow(params.run, signal);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await views.next();
      if (done) controller.close();
      else
        controller.enqueue(
          encoder.encode(`data: ${JSON.stringify(serverRunView(value, locals.account))}\n\n`),
        );
    },
    cancel() {
      left.abort();
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
};
