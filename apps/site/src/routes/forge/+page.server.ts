import { FeedError } from "@daily-kernel/feed";
import { type RequestEvent, redirect } from "@sveltejs/kit";
import { forgePage } from "#lib/server/forge-page.ts";
import { attempt, field, readForm, signedIn } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = ({ url, locals }) =>
  forgePage(url.searchParams.get("task") ?? "softmax", locals.account);

const act =
  (does: (form: FormData, event: RequestEvent) => Promise<unknown>) =>
  async (event: RequestEvent) => {
    const form = await readForm(event);
    const task = field(form, "task");
    const result = await attempt(
      async () => {
        await does(form, event);
        return null;
      },
      { from: "kernel" },
    );
    if (result) return result;
    redirect(303, `/forge?task=${encodeURIComponent(task)}#leaderboard`);
  };

export const actions: Actions = {
  keep: act(async (form, event) => {
    const { id } = signedIn(event);
    const { kernels, limiter, now } = service();
    if (!limiter.take("kernels", id, now()).allowed)
      throw new FeedError(
        "ERR_LIMIT",
        "you have sent many kernels in the last hour: come back later",
      );
    await kernels.submit({
      accountId: id,
      task: field(form, "task"),
      grid: field(form, "grid"),
      // A form sends lines that end as those of mails.
      source: field(form, "source").replaceAll("\r\n", "\n"),
      adapter: field(form, "adapter"),
      medianNs: Number(field(form, "medianNs") || Number.NaN),
    });
  }),
  remove: act((form, event) => service().kernels.remove(field(form, "kernel"), signedIn(event))),
};
