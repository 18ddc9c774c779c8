import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mail } from "@daily-kernel/feed";
import {
  confirmSubscription,
  getPaper,
  startSession,
  subscriptionToken,
  upsertPapers,
} from "@daily-kernel/feed/node";
import { addPapers, addRoom } from "./testing/papers.ts";
import { baseUrl, friday, signUp, type TestApi, testApi } from "./testing/test-api.ts";
import { TestRuns } from "./testing/test-runs.ts";

const known = async (at: TestApi, id: string, publishedAt = friday) => {
  const paper = { id, title: "New", abstract: "Text.", authors: ["Ada L"], updatedAt: publishedAt };
  await upsertPapers(at.database.db, [{ ...paper, publishedAt }]);
};

test("an upvote is one an account, however often, and can be taken back", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  const [ada, eve] = [await signUp(at, "ada"), await signUp(at, "eve")];
  const path = `/api/papers/${id}/upvote`;
  const ask = async (method: string, token: string) => (await at.ask(path, { method, token })).json;
  assert.deepEqual(await ask("POST", ada.token), { upvotes: 1, upvoted: true });
  assert.deepEqual(await ask("POST", ada.token), { upvotes: 1, upvoted: true });
  assert.deepEqual(await ask("POST", eve.token), { upvotes: 2, upvoted: true });
  assert.equal((await at.ask(`/api/papers/${id}`)).json.upvotes, 2);
  assert.deepEqual(await ask("DELETE", ada.token), { upvotes: 1, upvoted: false });
  assert.deepEqual(await ask("DELETE", ada.token), { upvotes: 1, upvoted: false });
  assert.equal((await at.ask(`/api/papers/${id}`)).json.upvotes, 1, "what is kept is not old");
  const unknown = await at.ask("/api/papers/2409.99999/upvote", { method: "POST", ...eve });
  assert.equal(unknown.status, 404);
});

test("who changes something needs a token, or a session from a page of ours", async () => {
  await using at = await testApi();
  const { db } = at.database;
  const [id] = await addPapers(db, ["2024-09-12"]);
  const { account, token } = await signUp(at, "ada");
  const device = { userAgent: "test", ipPrefix: "192.0.2.0/24" };
  const session = await startSession(db, { accountId: account.id, device, now: friday });
  const path = `/api/papers/${id}/upvote`;
  const status = async (headers: Record<string, string>) =>
    (await at.ask(path, { method: "POST", headers })).status;
  const cookie = `a=b; __Host-session=${session.token}`;
  assert.equal(await status({}), 401);
  assert.equal(await status({ authorization: "Bearer dk_wrong" }), 401);
  assert.equal(await status({ authorization: "Basic YTpi" }), 401);
  assert.equal(await status({ cookie: "__Host-session=wrong", origin: baseUrl }), 401);
  const plain = { cookie: `session=${session.token}`, origin: baseUrl };
  assert.equal(await status(plain), 401, "a name that a neighbour under the domain may set");
  assert.equal(await status({ cookie }), 403, "no origin");
  assert.equal(await status({ cookie, origin: "https://evil.example" }), 403);
  assert.equal(await status({ cookie, origin: "null" }), 403);
  assert.equal(await status({ cookie, "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await status({ cookie, origin: baseUrl }), 200);
  assert.equal(await status({ cookie, "sec-fetch-site": "same-origin" }), 200);
  const bearer = { authorization: `Bearer ${token}`, origin: "https://evil.example" };
  assert.equal(await status(bearer), 200, "a token is not sent by accident");
  const refused = await at.ask(path, { method: "POST" });
  assert.match(refused.headers.get("www-authenticate")!, /^Bearer/);
  const reading = await at.ask(`/api/papers/${id}`, { token: "hf_another_service" });
  assert.equal(reading.status, 200, "readers may send whatever token they have");
});

test("comments are added, answered, edited, deleted, reported", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  const [ada, eve] = [await signUp(at, "ada"), await signUp(at, "eve")];
  const path = `/api/papers/${id}/comments`;
  const first = await at.ask(path, { token: ada.token, json: { body: "See **this** $x^2$" } });
  assert.equal(first.status, 201);
  assert.match(first.json.html, /<strong>this<\/strong>/);
  const answer = { body: "<script>alert(1)</script>", parentId: first.json.id };
  const second = await at.ask(path, { token: eve.token, json: answer });
  assert.deepEqual([second.json.depth, second.json.author.name], [1, "eve"]);
  assert.doesNotMatch(second.json.html, /<script/);
  const list = async () => (await at.ask(path)).json;
  assert.deepEqual(
    (await list()).map((one: { id: string }) => one.id),
    [first.json.id, second.json.id],
  );
  const own = `${path}/${first.json.id}`;
  const edit = (token: string) => at.ask(own, { method: "PATCH", token, json: { body: "New" } });
  assert.equal((await edit(eve.token)).status, 403);
  const edited = await edit(ada.token);
  assert.deepEqual([edited.json.body, typeof edited.json.editedAt], ["New", "string"]);
  const report = { token: eve.token, json: { reason: "rude" } };
  assert.equal((await at.ask(`${own}/reports`, report)).status, 200);
  assert.equal((await at.ask(own, { method: "DELETE", token: eve.token })).status, 403);
  assert.equal((await at.ask(own, { method: "DELETE", token: ada.token })).status, 200);
  const [gone] = await list();
  assert.deepEqual([gone.state, gone.body, gone.author], ["deleted", "", null]);
  assert.equal((await at.ask(`/api/papers/${id}`)).json.numComments, 1);
  const missing = await at.ask(`${path}/${"f".repeat(24)}`, { method: "DELETE", token: ada.token });
  assert.equal(missing.status, 404);
  for (const json of [{}, { body: "" }, { body: " \n" }, { body: 1 }, { body: "x".repeat(10_001) }])
    assert.equal((await at.ask(path, { token: ada.token, json })).status, 400);
});

test("a long discussion is read page by page, in the order of the thread", async () => {
  await using at = await testApi();
  const [id, other] = await addPapers(at.database.db, ["2024-09-12", "2024-09-12"]);
  const { token } = await signUp(at, "ada");
  const path = `/api/papers/${id}/comments`;
  const add = async (parentId: string | null) =>
    (await at.ask(path, { token, json: { body: "Well.", parentId } })).json.id as string;
  const first = await add(null);
  await add(null);
  await add(first);
  const whole = (await at.ask(path)).json.map(({ id }: { id: string }) => id);
  assert.equal(whole.length, 3);
  const read: string[] = [];
  for (let next: string | null = `${path}?limit=2`; next !== null; ) {
    const page = await at.ask(next);
    read.push(...page.json.map((comment: { id: string }) => comment.id));
    const link: string | undefined = /<([^>]*)>; rel="next"/.exec(
      page.headers.get("link") ?? "",
    )?.[1];
    next = link === undefined ? null : link.slice(link.indexOf("/api/"));
  }
  assert.deepEqual(read, whole);
  assert.equal((await at.ask(`/api/papers/${other}/comments?after=${first}`)).status, 404);
  assert.equal((await at.ask(`${path}?limit=0`)).status, 400);
});

test("index asks arXiv once it looks like an id", async () => {
  const asked: string[] = [];
  await using at = await testApi({ indexPaper: async (id) => asked.push(id) });
  const { token } = await signUp(at, "ada");
  const index = (arxivId: unknown, more: object = { token }) =>
    at.ask("/api/papers/index", { json: { arxivId }, ...more });
  const done = await index("2409.08729");
  assert.deepEqual([done.status, done.json], [200, {}]);
  assert.equal((await index("2409.08729", {})).status, 401);
  for (const bad of ["2409.1", "arXiv:2409.08729", "hep-th/9901001", "2413.08729", 1, null])
    assert.equal((await index(bad)).status, 400, String(bad));
  assert.deepEqual(asked, ["2409.08729"]);
});

test("a submission follows the rules, and reads the paper from arXiv if need be", async () => {
  await using at = await testApi({ indexPaper: (id) => known(at, id) });
  const [ada, eve] = [await signUp(at, "ada", "submitter"), await signUp(at, "eve")];
  const submit = async (json: object, token = ada.token) =>
    (await at.ask("/api/papers/submit", { json, token })).status;
  assert.equal(await submit({ paperId: "2409.08729" }, eve.token), 403);
  assert.equal(await submit({ paperId: "2409.08729", comment: "Read this." }), 200);
  assert.equal(await submit({ paperId: "2409.08729" }), 409);
  await known(at, "2408.00001", new Date("2024-08-01"));
  assert.equal(await submit({ paperId: "2408.00001" }), 400);
  const media = { mediaUrls: ["https://media.example/x.png"], comment: null };
  assert.equal(await submit({ paperId: "2409.08730", ...media }), 200);
  assert.equal(await submit({ paperId: "2409.08731", mediaUrls: ["ftp://x"] }), 400);
  assert.equal(await submit({ paperId: "nonsense" }), 400);
  const [item] = (await at.ask("/api/daily_papers?submitter=ada&date=2024-09-13")).json;
  assert.deepEqual(item.mediaUrls, media.mediaUrls);
  assert.equal((await at.ask("/api/papers/2409.08729/comments")).json[0].body, "Read this.");
});

test("no submissions at weekends", async () => {
  await using at = await testApi({ now: () => new Date("2024-09-14T10:00:00Z") });
  const { token } = await signUp(at, "ada", "submitter");
  await known(at, "2409.08729");
  const { status, json } = await at.ask("/api/papers/submit", {
    json: { paperId: "2409.08729" },
    token,
  });
  assert.equal(status, 409);
  assert.match(json.error, /weekends/);
});

test("links and authors: who may, and how it shows", async () => {
  await using at = await testApi();
  const [id = ""] = await addPapers(at.database.db, ["2024-09-12"]);
  const paper = (await getPaper(at.database.db, id))!;
  const [ada, mod] = [await signUp(at, "ada"), await signUp(at, "mod-1", "moderator")];
  const claim = (token: string) =>
    at.ask("/api/settings/papers/claim", {
      token,
      json: { paperId: id, claimAuthorId: paper.authors[0]!.id, targetUserId: ada.account.id },
    });
  const links = (token: string, json: object) =>
    at.ask(`/api/papers/${paper.objectId}/links`, { token, json });
  const nothing = { projectPage: null, githubRepo: null, organizationId: null };
  assert.equal((await links(ada.token, nothing)).status, 403);
  assert.deepEqual((await claim(ada.token)).json, { status: "claimed" });
  const author = async () => (await at.ask(`/api/papers/${id}`)).json.authors[0];
  assert.equal((await author()).status, "claimed");
  assert.deepEqual((await claim(mod.token)).json, { status: "claimed_verified" });
  assert.deepEqual(
    [(await author()).status, (await author()).user.name],
    ["claimed_verified", "ada"],
  );
  const githubRepo = "https://github.com/ada/engine";
  assert.equal((await links(ada.token, { ...nothing, githubRepo })).status, 200);
  assert.equal((await links(ada.token, { githubRepo: "https://evil.example/x" })).status, 400);
  assert.equal((await links(ada.token, { organizationId: "x" })).status, 400);
  assert.equal((await at.ask(`/api/papers/${id}`)).json.githubRepo, githubRepo);
  const comment = { token: ada.token, json: { body: "I wrote it." } };
  await at.ask(`/api/papers/${id}/comments`, comment);
  assert.equal((await at.ask("/api/daily_papers")).json[0].isAuthorParticipating, true);
});

test("subscribing answers the same for every address; one click unsubscribes", async () => {
  const mails: Mail[] = [];
  await using at = await testApi({
    mailer: {
      send: async (mail) => {
        mails.push(mail);
        return { response: "250" };
      },
    },
  });
  const { db } = at.database;
  const subscribe = async (json: object) => at.ask("/api/subscriptions", { json });
  const first = await subscribe({
    email: "Ada@example.org",
    topics: ["kernels"],
    zone: "Europe/Paris",
  });
  assert.equal(first.status, 202);
  const again = await subscribe({ email: "ada@example.org" });
  assert.deepEqual([again.status, again.text], [202, first.text]);
  assert.equal(mails.length, 1);
  const token = /token=([\w%-]+)/.exec(mails[0]!.text)![1]!;
  await confirmSubscription(db, { token, now: friday });
  assert.equal((await subscribe({ email: "ada@example.org" })).text, first.text);
  assert.equal(mails.length, 1, "who receives it already gets no mail");
  const impossible = await subscribe({ email: `${"a".repeat(65)}@example.org` });
  assert.deepEqual([impossible.status, mails.length], [202, 1]);
  for (const json of [
    {},
    { email: "ada" },
    { email: "ada@localhost" },
    { email: "a@b.example\r\nBcc: c@d.example" },
    { email: "a@b.example", zone: "Mars/Base" },
    { email: "a@b.example", hour: 24 },
  ])
    assert.equal((await subscribe(json)).status, 400, JSON.stringify(json));

  const { id } = await db.selectFrom("subscribers").select("id").executeTakeFirstOrThrow();
  const link = `/u/${await subscriptionToken(db, id)}`;
  const click = {
    body: "List-Unsubscribe=One-Click",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
  for (let i = 0; i < 2; i++) {
    const { status, headers } = await at.ask(link, click);
    assert.deepEqual(
      [status, headers.get("location"), headers.get("set-cookie")],
      [200, null, null],
    );
  }
  const row = await db
    .selectFrom("subscribers")
    .select("unsubscribed_at")
    .executeTakeFirstOrThrow();
  assert.ok(row.unsubscribed_at);
  assert.equal((await at.ask(`${link}x`, click)).status, 404);
  assert.equal(
    (await at.ask(link)).status,
    405,
    "reading changes nothing: that page is the site's",
  );
});

test("a run is asked for, followed as events, and cancelled by its owner", async () => {
  const runs = new TestRuns();
  await using at = await testApi({ runs });
  const [id] = await addPapers(at.database.db, ["2024-09-12", "2024-09-12"]);
  await addRoom(at.database.db, id!, "a-room");
  const [ada, eve] = [await signUp(at, "ada"), await signUp(at, "eve")];
  const path = `/api/papers/${id}/runs`;
  assert.equal((await at.ask(path, { json: {} })).status, 401);
  const asked = await at.ask(path, { json: { preset: "quick", seed: 7 }, token: ada.token });
  assert.deepEqual([asked.status, asked.json.state, asked.json.seed], [202, "queued", 7]);
  assert.equal("accountId" in asked.json, false);
  assert.equal((await at.ask(path, { json: { preset: "huge" }, token: ada.token })).status, 400);
  const without = await at.ask("/api/papers/2409.00002/runs", { json: {}, token: ada.token });
  assert.equal(without.status, 404, "a paper that has no room");
  const one = `${path}/${asked.json.id}`;
  assert.equal((await at.ask(one)).json.id, asked.json.id);
  assert.equal((await at.ask(path)).json.length, 1);
  const events = await at.ask(`${one}/events`);
  assert.match(events.headers.get("content-type")!, /^text\/event-stream/);
  const progress = [...events.text.matchAll(/event: run\ndata: (.*)\n\n/g)].map(
    ([, data]) => JSON.parse(data!).progress,
  );
  assert.deepEqual(progress, [0, 0.5, 1]);
  assert.match(events.text, /event: end\ndata: \{\}\n\n$/);
  const cancel = (token: string) => at.ask(one, { method: "DELETE", token });
  assert.equal((await cancel(eve.token)).status, 403);
  assert.equal((await cancel(ada.token)).json.state, "cancelled");
  assert.equal((await at.ask(`${path}/${"f".repeat(24)}`)).status, 404);
  assert.equal((await at.ask(`/api/papers/2409.00002/runs/${asked.json.id}`)).status, 404);
});

/** Asks for a run; the address of its events. */
async function eventsOfNewRun(at: TestApi): Promise<string> {
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  await addRoom(at.database.db, id!, "a-room");
  const { token } = await signUp(at, "ada");
  const run = await at.ask(`/api/papers/${id}/runs`, { json: {}, token });
  return `${baseUrl}/api/papers/${id}/runs/${run.json.id}/events`;
}

test("nobody follows a run whose reader has gone", async () => {
  const runs = new TestRuns();
  await using at = await testApi({ runs });
  const url = await eventsOfNewRun(at);
  const reply = await at.api.fetch(new Request(url), { address: "192.0.2.1" });
  const reader = reply.body!.getReader();
  await reader.read();
  assert.equal(runs.following, 1);
  await reader.cancel();
  await reader.closed;
  assert.equal(runs.following, 0);
  await at.ask(new URL(url).pathname, { method: "HEAD" });
  assert.equal(runs.following, 0);
});

test("a network holds twenty event streams open and no more; each that ends frees its place", async () => {
  const runs = new TestRuns();
  await using at = await testApi({ runs });
  const url = await eventsOfNewRun(at);
  const open = (address: string) => at.api.fetch(new Request(url), { address });
  const streams = await Promise.all(Array.from({ length: 20 }, () => open("192.0.2.1")));
  const refused = await open("192.0.2.1");
  assert.equal(refused.status, 429);
  assert.equal((await open("192.0.2.2")).status, 200);
  await streams[0]!.text();
  assert.equal((await open("192.0.2.1")).status, 200, "one was read to its end");
  await streams[1]!.body!.cancel();
  assert.equal((await open("192.0.2.1")).status, 200, "one was closed");
  runs.follow = async function* () {
    yield* runs.all.values();
    throw new Error("the database is gone");
  };
  const broken = await open("192.0.2.3");
  await assert.rejects(broken.text(), /the database is gone/);
  assert.equal(at.service.streams.size, 21, "one broke");
});
