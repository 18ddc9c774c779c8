import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { FeedError } from "../feed-error.ts";
import { parseQueryPage } from "./atom.ts";
import { UpstreamFormat, UpstreamRefusal } from "./errors.ts";
import { anyText } from "./fixture/any-text.ts";
import { quickClient } from "./fixture/quick-client.ts";
import { type FixtureServer, fixtureServer } from "./fixture/server.ts";
import { readRss } from "./harvest-rss.ts";
import { parseOaiPage } from "./oai.ts";
import { queryArxiv } from "./query.ts";
import { parseRss } from "./rss.ts";

let server: FixtureServer;
const texts = { raw: "", plain: "", query: "", rss: "" };
before(async () => {
  server = await fixtureServer({ plain: 3, pageSize: 100 });
  const { client } = quickClient(server);
  const list = `${server.urls.oai}?verb=ListRecords&set=cs:cs:LG&metadataPrefix=`;
  texts.raw = await client.get(`${list}arXivRaw`);
  texts.plain = await client.get(`${list}arXiv`);
  texts.query = await client.get(`${server.urls.query}?search_query=cat:cs.LG&max_results=100`);
  texts.rss = await client.get(`${server.urls.rss}/cs.LG`);
});
after(() => server.close());

const url = "https://example.org/";

test("arXivRaw: texts, authors, versions, licence, withdrawal", () => {
  const page = parseOaiPage(texts.raw, url);
  const [bridges, cross, , , withdrawn] = page.papers.map(({ paper }) => paper);
  assert.deepEqual(bridges, {
    id: "2503.00101",
    title: "Schrödinger bridges with $O(n \\log n)$ kernels: a GPU study",
    abstract:
      "We bound the gap by $\\epsilon^{2}$, for “small” problems, at a cost of $5 to $10 an hour. Poincaré's inequality does the rest.",
    authors: ["Zoë Müller", "Paweł Świątek", "John Smith Jr."],
    primaryCategory: "cs.LG",
    categories: ["cs.LG", "stat.ML"],
    comment: "12 pages, 3 figures; code at https://example.org/x_y",
    doi: null,
    journalRef: null,
    licence: "http://creativecommons.org/licenses/by/4.0/",
    publishedAt: new Date("2025-03-06T17:30:00Z"),
    updatedAt: new Date("2025-03-06T17:30:00Z"),
    versions: [
      {
        version: 1,
        submittedAt: new Date("2025-03-06T17:30:00Z"),
        size: "412kb",
        withdrawn: false,
      },
    ],
    withdrawnAt: null,
  });
  assert.deepEqual(cross?.authors, ["LEMMA Collaboration", "A. One", "B. Two"]);
  assert.equal(cross?.title, "A cross-listed result & its <consequences>");
  assert.equal(cross?.journalRef, "J. Made Up 3 (2025) 1–9");
  assert.deepEqual(withdrawn?.withdrawnAt, new Date("2025-03-06T10:00:00Z"));
  assert.deepEqual(
    withdrawn?.versions?.map((one) => one.withdrawn),
    [false, true],
  );
  assert.deepEqual(page.deleted, [{ id: "2412.00106", changed: "2025-03-06" }]);
  assert.deepEqual(page.skipped, [{ id: "2503.00109", reason: "it has no title" }]);
  assert.equal(page.token, null);
  assert.equal(page.papers.find(({ paper }) => paper.id === "math/0309108")?.changed, "2025-03-05");
});

test("the plain format tells the same but for times and versions", () => {
  const raw = parseOaiPage(texts.raw, url).papers;
  const plain = parseOaiPage(texts.plain, url).papers;
  assert.equal(plain.length, raw.length);
  plain.forEach(({ paper, changed }, i) => {
    const other = raw[i]!;
    assert.equal(changed, other.changed);
    assert.equal(paper.versions, undefined);
    assert.equal(
      paper.publishedAt.toISOString().slice(0, 10),
      other.paper.publishedAt.toISOString().slice(0, 10),
    );
    for (const key of ["id", "title", "abstract", "categories", "licence", "comment"] as const)
      assert.deepEqual(paper[key], other.paper[key]);
    assert.deepEqual(paper.authors.join(), other.paper.authors.join());
  });
});

test("the query interface tells the same, without licence and versions between", () => {
  const raw = new Map(parseOaiPage(texts.raw, url).papers.map(({ paper }) => [paper.id, paper]));
  const page = parseQueryPage(texts.query, url);
  assert.equal(page.total, page.papers.length);
  assert.equal(page.papers.length, raw.size);
  for (const paper of page.papers) {
    const other = raw.get(paper.id)!;
    for (const key of [
      "title",
      "abstract",
      "authors",
      "categories",
      "primaryCategory",
      "doi",
    ] as const)
      assert.deepEqual(paper[key], other[key]);
    assert.deepEqual([paper.publishedAt, paper.updatedAt], [other.publishedAt, other.updatedAt]);
    assert.ok(!("licence" in paper));
    assert.equal(paper.versions?.at(-1)?.version, other.versions?.at(-1)?.version);
    assert.equal(paper.withdrawnAt?.getTime(), other.withdrawnAt?.getTime());
  }
  // A paper may be called Error without being one.
  assert.equal(page.papers.filter(({ title }) => title === "Error").length, 1);
});

test("announcements: new, cross, replaced; none at the weekend", async () => {
  const { announcedAt, items, skipped } = parseRss(texts.rss, url);
  assert.equal(announcedAt?.toISOString(), "2025-03-07T04:00:00.000Z");
  const type = (id: string) => items.find((item) => item.id === id)?.type;
  assert.equal(type("2503.00101"), "new");
  assert.equal(type("2503.00102"), "cross");
  assert.equal(type("2503.00103"), "replace");
  assert.deepEqual(skipped, []);
  server.today = "2025-03-08";
  const { client } = quickClient(server);
  assert.deepEqual((await readRss(client, "cs.LG")).items, []);
  server.today = "2025-03-07";
  for (const bad of ["", "cs.LG/../x", "cs LG", "https://x"])
    await assert.rejects(async () => readRss(client, bad), FeedError);
});

test("papers by id in any form, the unknown named; an Error entry is a refusal", async () => {
  const { client } = quickClient(server);
  const ids = [
    "arXiv:2503.00101v1",
    "math.GT/0309108",
    "2503.09999",
    "https://arxiv.org/abs/2503.00101",
  ];
  const { papers, missing } = await queryArxiv(client, { ids });
  assert.deepEqual(papers.map(({ id }) => id).sort(), ["2503.00101", "math/0309108"]);
  assert.deepEqual(missing, ["2503.09999"]);
  for (const fault of ["error-entry", "error-entry-400"] as const) {
    server.fault(fault);
    await assert.rejects(queryArxiv(client, { ids: ["2503.00101"] }), (error) => {
      assert.ok(error instanceof UpstreamRefusal);
      assert.equal(error.reason, "incorrect id format for 2407.2680");
      return true;
    });
  }
});

test("a short slice is asked for again and is no end", async () => {
  const { client } = quickClient(server);
  const ids = async () =>
    (await queryArxiv(client, { search: "cat:cs.LG", max: 12, sliceSize: 5 })).papers.map(
      ({ id }) => id,
    );
  const whole = await ids();
  assert.equal(new Set(whole).size, 11);
  server.fault("short-page", 3);
  assert.deepEqual(await ids(), whole);
  server.fault("short-page", 5);
  await assert.rejects(ids(), /gave 2 of 5 results, 5 times/);
});

test("limits of the query interface are kept", async () => {
  const { client } = quickClient(server);
  const before = server.requests.length;
  for (const bad of [
    { search: "" },
    { search: "cat:cs.LG", max: 30_001 },
    { search: "cat:cs.LG", max: 0 },
    { search: "cat:cs.LG", sliceSize: 2001 },
    { ids: ["2407.2680"] },
  ])
    await assert.rejects(
      queryArxiv(client, bad),
      (error) => (error as FeedError).code === "ERR_INPUT",
    );
  assert.equal(server.requests.length, before);
});

test("truncated answers and pages for people are asked for again, then told with their place", async () => {
  const { client } = quickClient(server);
  server.fault("truncated");
  server.fault("html");
  assert.equal((await queryArxiv(client, { ids: ["2503.00101"] })).papers.length, 1);
  for (const fault of ["truncated", "html", "bomb"] as const) {
    server.fault(fault, 3);
    await assert.rejects(queryArxiv(client, { ids: ["2503.00101"] }), (error) => {
      assert.ok(error instanceof UpstreamFormat);
      assert.ok(error.url.startsWith(server.urls.query) && error.offset >= 0);
      return true;
    });
  }
});

test("answers cut, doubled or written over anywhere are read or refused with a code", () => {
  const parsers = { raw: parseOaiPage, plain: parseOaiPage, query: parseQueryPage, rss: parseRss };
  const key = fc.constantFrom(...(Object.keys(parsers) as (keyof typeof parsers)[]));
  const piece = fc.oneof(
    fc.constantFrom(
      "<",
      ">",
      "&",
      "</entry>",
      "<record>",
      '"',
      "<!DOCTYPE",
      "]]>",
      "<title>",
      "\u0000",
      "$",
      "{",
      "\\",
    ),
    anyText(5),
  );
  fc.assert(
    fc.property(key, fc.nat(), fc.nat(300), piece, (name, place, length, insert) => {
      const text = texts[name];
      const at = place % text.length;
      const broken = text.slice(0, at) + insert + text.slice(at + length);
      try {
        parsers[name](broken, url);
      } catch (error) {
        assert.ok(error instanceof FeedError && error.code === "ERR_UPSTREAM", String(error));
      }
    }),
    { numRuns: 500 },
  );
});
