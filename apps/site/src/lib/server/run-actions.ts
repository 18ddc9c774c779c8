import { type RequestEvent, redirect } from "@sveltejs/kit";
import { attempt, field, readForm, signedIn } from "./forms.ts";
import { service } from "./service.ts";

type PaperEvent = RequestEvent<{ id: string }>;

/** Runs on the server: a reader queues one, and may cancel it. */
const act =
  (does: (form: FormData, event: PaperEvent) => Promise<unknown>) => async (event: PaperEvent) => {
    const form = await readForm(event);
    const result = await attempt(
      async () => {
        await does(form, event);
        return null;
      },
      { from: "run", body: "" },
    );
    if (result) return result;
    redirect(303, `/papers/${event.params.id}#server-runs`);
  };

export const runActions = {
  run: act((form, event) =>
    service().runs.request({
      slug: event.params.id,
      preset: field(form, "preset") === "quick" ? "quick" : "full",
      seed: Number(field(form, "seed") || 1),
      accountId: signedIn(event).id,
    }),
  ),
  cancelRun: act((form, event) => service().runs.cancel(field(form, "run"), signedIn(event))),
};
