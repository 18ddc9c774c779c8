import type { Account } from "@daily-kernel/feed/node";
import { eventStream } from "@daily-kernel/service";
import { error } from "@sveltejs/kit";
import { serverRunView } from "#lib/server/server-runs.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** A run's progress as server-sent events, until it has ended. */
export const GET: RequestHandler = async ({ params, locals, request, getClientAddress }) => {
  const { runs, streams } = service();
  if (!(await runs.get(params.run))) error(404, "There is no such run.");
  const reader = { request, address: getClientAddress(), streams };
  return eventStream("run", (over) => views(params.run, locals.account, over), reader);
};

async function* views(id: string, account: Account | null, over: AbortSignal) {
  for await (const run of service().runs.follow(id, over)) yield serverRunView(run, account);
}
