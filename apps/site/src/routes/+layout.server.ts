import { formToken } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { LayoutServerLoad } from "./$types";

export const load: LayoutServerLoad = ({ locals }) => ({
  account: locals.account && {
    name: locals.account.name,
    fullName: locals.account.fullName,
    role: locals.account.role,
  },
  csrf: formToken(locals),
  baseUrl: service().config.baseUrl,
  outbox: service().config.smtpUrl === null,
});
