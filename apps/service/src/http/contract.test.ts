import assert from "node:assert/strict";
import { test } from "node:test";
import { listPaper, upsertPapers, vote } from "@daily-kernel/feed/node";
import { addPapers, addRoom } from "./testing/papers.ts";
import { friday, idsAt, signUp, testApi } from "./testing/test-api.ts";

const dates = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

test("the feed is an array of daily items in the form that clients read", async () => {
  await using at = await testApi();
  const [id = ""] = await addPapers(at.database.db, ["2024-09-12"]);
  await addRoom(at.database.db, id, "a-room");
  const { status, json, headers } = await at.ask("/api/daily_papers");
  assert.equal(status, 200);
  assert.match(headers.get("content-type")!, /^application\/json/);
  const [item] = json;
  assert.equal(item.publishedAt, "2024-09-12T09:00:00.000Z", "outside: when it was listed");
  assert.equal(item.paper.publishedAt, "2024-09-09T08:00:00.000Z", "inside: arXiv's version 1");
  assert.match(item.paper.submittedOnDailyAt, dates);
  for (const field of ["title", "ai_summary", "ai_keywords", "upvotes"])
    assert.deepEqual(item[field], item.paper[field], field);
  assert.equal(item.upvotes, 0);
  assert.equal(item.numComments, 0);
  assert.equal(item.isAuthorParticipating, false);
  assert.match(item.paper.discussionId, /^[0-9a-f]{24}$/);
  assert.match(item.paper.authors[0]._id, /^[0-9a-f]{24}$/);
  assert.deepEqual(
    item.paper.authors.map(({ name, hidden }: { name: string; hidden: boolean }) => [name, hidden]),
    [
      ["Ada Lovelace", false],
      ["Kurt Gödel", false],
    ],
  );
  assert.deepEqual(item.paper.claims, { holds: 2, fails: 1, inconclusive: 0, notMeasured: 1 });
});

test("days, ISO weeks and months narrow the feed; week 53 exists", async () => {
  await using at = await testApi();
  const days = ["2020-12-31", "2021-01-03", "2021-01-04", "2024-09-12"];
  const [a, b, c, d] = await addPapers(at.database.db, days);
  const ids = (query: string) => idsAt(at, `/api/daily_papers?${query}`);
  assert.deepEqual(await ids("date=2024-09-12"), [d]);
  assert.deepEqual(await ids("week=2020-W53"), [b, a]);
  assert.deepEqual(await ids("week=2021-W01"), [c]);
  assert.deepEqual(await ids("month=2021-01"), [c, b]);
  assert.deepEqual(await ids("date=2030-01-01"), []);
  assert.deepEqual(await ids("limit=2"), [d, c]);
  assert.deepEqual(await ids("limit=2&p=1"), [b, a]);
  assert.deepEqual(await ids("limit=2&p=2"), []);
  assert.deepEqual(await ids("p=999999999999"), []);
});

test("an illegal value is 400 with an error that names it, in a header too", async () => {
  await using at = await testApi();
  for (const [query, name] of [
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=ten", "limit"],
    ["limit=1.5", "limit"],
    ["limit=", "limit"],
    ["limit=1&limit=2", "limit"],
    ["p=-1", "p"],
    ["sort=upvotes", "sort"],
    ["date=2024-13-01", "date"],
    ["date=2024-02-30", "date"],
    ["date=today", "date"],
    ["week=2021-W53", "week"],
    ["week=2021-W00", "week"],
    ["month=2021-13", "month"],
    ["date=2024-09-12&week=2024-W37", "at most one"],
    ["week=2024-W37&month=2024-09", "at most one"],
  ] as const) {
    const { status, json, headers } = await at.ask(`/api/daily_papers?${query}`);
    assert.equal(status, 400, query);
    assert.ok(json.error.startsWith(name), `${query}: ${json.error}`);
    assert.doesNotMatch(json.error, /;/, `${query}: said once`);
    assert.equal(headers.get("x-error-message"), json.error);
  }
  assert.equal((await at.ask(`/api/papers/search?q=${"x".repeat(250)}`)).status, 200);
  assert.equal((await at.ask(`/api/papers/search?q=${"x".repeat(251)}`)).status, 400);
  assert.equal((await at.ask("/api/papers/search?q=x&limit=120")).status, 200);
  assert.equal((await at.ask("/api/papers/search?q=x&limit=121")).status, 400);
  assert.equal((await at.ask("/api/papers?cursor=nonsense")).status, 400);
  assert.equal((await at.ask("/api/papers/2409.00001%00")).status, 400);
});

test("trending is by heat, and a submitter's papers can be asked for", async () => {
  await using at = await testApi();
  const { db } = at.database;
  const [a, b] = await addPapers(db, ["2024-09-12", "2024-09-12"]);
  const { account } = await signUp(at, "ada");
  await vote(db, { paperId: a!, accountId: account.id, now: friday });
  await upsertPapers(db, [
    {
      id: "2409.07777",
      title: "Submitted",
      abstract: "Text.",
      authors: ["A B"],
      publishedAt: new Date("2024-09-01"),
      updatedAt: new Date("2024-09-01"),
    },
  ]);
  await listPaper(db, {
    paperId: "2409.07777",
    now: new Date("2024-09-01"),
    submittedBy: account.id,
  });
  const ids = (query: string) => idsAt(at, `/api/daily_papers?${query}`);
  assert.deepEqual((await ids("sort=trending"))[0], a);
  assert.deepEqual((await ids("sort=publishedAt"))[0], b);
  assert.deepEqual((await ids("sort=trending&month=2024-09"))[0], a);
  assert.deepEqual(await ids("submitter=ada"), ["2409.07777"]);
  assert.deepEqual(await ids("submitter=nobody-such"), []);
  const [item] = (await at.ask("/api/daily_papers?submitter=ada")).json;
  assert.equal(item.submittedBy.name, "ada");
  assert.equal(item.submittedBy.user, "ada");
});

test("one paper is a flat object; an unknown one is 404 with the error's form", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  const { json } = await at.ask(`/api/papers/${id}`);
  assert.equal(json.id, id);
  assert.equal(json.publishedAt, "2024-09-09T08:00:00.000Z");
  assert.equal(json.submittedOnDailyAt, "2024-09-12T09:00:00.000Z");
  assert.deepEqual([json.linkedModels, json.numTotalModels, json.linkedSpaces], [[], 0, []]);
  assert.deepEqual((await at.ask(`/api/papers/${id}v3`)).json, json);
  for (const unknown of ["2409.99999", "2409.1", "nonsense", "..%2f..%2fetc", "🦊"]) {
    const { status, json, headers } = await at.ask(`/api/papers/${encodeURIComponent(unknown)}`);
    assert.equal(status, 404, unknown);
    assert.match(json.error, /is known here/);
    assert.ok(headers.get("x-error-message"));
  }
  const repositories = await at.ask(`/api/arxiv/${id}/repos`);
  assert.deepEqual(repositories.json, { models: [], datasets: [], spaces: [] });
});

test("an id of before 2007 is found with its slash as it is, and escaped", async () => {
  await using at = await testApi();
  const old = new Date("1999-01-01");
  const paper = { id: "hep-th/9901001", title: "Old", abstract: "Old.", authors: ["A B"] };
  await upsertPapers(at.database.db, [{ ...paper, publishedAt: old, updatedAt: old }]);
  for (const name of ["hep-th/9901001", "hep-th%2F9901001", "hep-th/9901001v2"])
    assert.equal((await at.ask(`/api/papers/${name}`)).json.id, "hep-th/9901001");
  assert.equal((await at.ask("/papers/hep-th/9901001.md")).status, 200);
  assert.equal((await at.ask("/api/papers/hep-th/9901001/claims")).status, 200);
});

test("a paper reads as Markdown, by its name and by Accept", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  await addRoom(at.database.db, id!, "a-room");
  const file = await at.ask(`/papers/${id}.md`);
  assert.equal(file.status, 200);
  assert.match(file.headers.get("content-type")!, /^text\/markdown/);
  assert.match(file.text, /^# Paper 1: kernels/);
  assert.match(file.text, /\| Claim c3 is true \\\| mostly \| desk \| 0\.9 \| 0\.91 \| fails \|/);
  const asked = await at.ask(`/papers/${id}`, { headers: { accept: "text/markdown" } });
  assert.equal(asked.text, file.text);
  assert.equal(asked.headers.get("vary"), "Accept");
  assert.equal((await at.ask("/papers/2409.99999.md")).status, 404);
});

test("the cursor leads through all papers once, by the Link header", async () => {
  await using at = await testApi();
  const ids = await addPapers(at.database.db, Array(7).fill("2024-09-12"));
  const seen: string[] = [];
  let next: string | null = "/api/papers?limit=3";
  while (next !== null) {
    const { json, headers } = await at.ask(next);
    seen.push(...json.map((item: { paper: { id: string } }) => item.paper.id));
    next = /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1] ?? null;
  }
  assert.deepEqual(seen, ids.toReversed());
});

test("search answers with daily items, in the order of the hits", async () => {
  const hits = [{ id: "2409.00002" }, { id: "2409.00001" }];
  const asked: unknown[] = [];
  await using at = await testApi({
    search: {
      query: async (question) => {
        asked.push(question);
        return { hits };
      },
      similar: async () => hits.slice(0, 1),
    },
  });
  await addPapers(at.database.db, ["2024-09-11", "2024-09-12", "2024-09-12"]);
  const ids = (path: string) => idsAt(at, path);
  assert.deepEqual(await ids("/api/papers/search?q=fox&limit=2"), ["2409.00002", "2409.00001"]);
  assert.deepEqual(asked, [{ q: "fox", limit: 2, offset: 0 }]);
  assert.deepEqual(await ids("/api/papers/2409.00001/similar"), ["2409.00002"]);
  assert.equal((await ids("/api/papers/search")).length, 3, "without q: the newest");
});

test("the reproduction is the table of claims; claims are its rows", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  await addRoom(at.database.db, id!, "a-room");
  const { json } = await at.ask(`/api/papers/${id}/reproduction`);
  assert.deepEqual(json.counts, { holds: 2, fails: 1, inconclusive: 0, notMeasured: 1 });
  assert.deepEqual(
    json.claims.map((row: Record<string, unknown>) => [
      row.id,
      row.reported,
      row.measured,
      row.verdict,
    ]),
    [
      ["c1", "0.9", "0.91", "holds"],
      ["c2", "0.9", "0.91", "holds"],
      ["c3", "0.9", "0.91", "fails"],
      ["c4", "0.9", null, "not-measured"],
    ],
  );
  assert.deepEqual((await at.ask("/api/papers/a-room/reproduction")).json, json);
  assert.deepEqual((await at.ask(`/api/papers/${id}/claims`)).json, json.claims);
});
