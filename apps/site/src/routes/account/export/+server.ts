import { exportAccount } from "@daily-kernel/feed/node";
import { signedIn } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** Everything that is one's own, as a file. */
export const GET: RequestHandler = async (event) => {
  const { id, name } = signedIn(event);
  return new Response(JSON.stringify(await exportAccount(service().db, id), null, 2), {
    headers: {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="daily-kernel-${name}.json"`,
    },
  });
};
