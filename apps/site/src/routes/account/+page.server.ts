import {
  createApiToken,
  deleteAccount,
  listApiTokens,
  listPasskeys,
  listSessions,
  removePasskey,
  revokeAllSessions,
  revokeApiToken,
  revokeSession,
  updateProfile,
} from "@daily-kernel/feed/node";
import { type RequestEvent, redirect } from "@sveltejs/kit";
import { clearSession } from "#lib/server/cookies.ts";
import { attempt, field, readForm, signedIn } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

const told: Readonly<Record<string, string>> = {
  profile: "Saved.",
  session: "That session has ended.",
  sessions: "All other sessions have ended.",
  passkey: "The passkey is kept.",
  unpasskey: "The passkey is removed.",
  revoked: "The token is revoked.",
};

export const load: PageServerLoad = async (event) => {
  const account = signedIn(event);
  const { db, now, runs } = service();
  const accountId = account.id;
  const current = event.locals.session ?? "";
  const { searchParams } = event.url;
  return {
    profile: {
      email: account.email,
      name: account.name,
      fullName: account.fullName,
      role: account.role,
    },
    isNew: searchParams.has("new"),
    done: told[searchParams.get("did") ?? ""] ?? null,
    sessions: await listSessions(db, { accountId, now: now(), current }),
    passkeys: await listPasskeys(db, accountId),
    tokens: await listApiTokens(db, accountId),
    runs: (await runs.list({ accountId }, 10)).map(({ id, slug, preset, state, createdAt }) => ({
      id,
      slug,
      preset,
      state,
      createdAt,
    })),
  };
};

/** A form of this page: what it did is told on the page that comes back. */
const act =
  (does: (form: FormData, accountId: string, event: RequestEvent) => Promise<string>) =>
  async (event: RequestEvent) => {
    const account = signedIn(event);
    const form = await readForm(event);
    const result = await attempt(() => does(form, account.id, event), {});
    if (typeof result === "string") redirect(303, result);
    return result;
  };

export const actions: Actions = {
  profile: act(async (form, accountId) => {
    const change = { name: field(form, "name"), fullName: field(form, "fullName") };
    await updateProfile(service().db, { accountId, ...change });
    return "/account?did=profile";
  }),
  session: act(async (form, accountId) => {
    await revokeSession(service().db, { accountId, id: field(form, "id") });
    return "/account?did=session#sessions";
  }),
  sessions: act(async (_, accountId, { locals }) => {
    await revokeAllSessions(service().db, { accountId, except: locals.session ?? "" });
    return "/account?did=sessions#sessions";
  }),
  passkey: act(async (form, accountId) => {
    await removePasskey(service().db, { accountId, id: field(form, "id") });
    return "/account?did=unpasskey#passkeys";
  }),
  revoke: act(async (form, accountId) => {
    await revokeApiToken(service().db, { accountId, id: field(form, "id") });
    return "/account?did=revoked#tokens";
  }),
  // The one form whose page must show what it made: the token is shown this once.
  token: async (event: RequestEvent) => {
    const { id: accountId } = signedIn(event);
    const form = await readForm(event);
    const { db, now } = service();
    return attempt(async () => {
      const { token, label } = await createApiToken(db, {
        accountId,
        label: field(form, "label"),
        now: now(),
      });
      return { token, label };
    }, {});
  },
  delete: act(async (form, accountId, { cookies }) => {
    const { db, now } = service();
    await deleteAccount(db, {
      id: accountId,
      now: now(),
      comments: field(form, "comments") === "deleted" ? "deleted" : "anonymous",
    });
    clearSession(cookies);
    return "/?gone=1";
  }),
};
