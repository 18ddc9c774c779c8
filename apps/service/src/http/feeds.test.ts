import assert from "node:assert/strict";
import { test } from "node:test";
import { listPaper, upsertPapers, vote } from "@daily-kernel/feed/node";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { escapeXml } from "./feeds/xml.ts";
import { addPapers, addRoom } from "./testing/papers.ts";
import { baseUrl, friday, signUp, type TestApi, testApi } from "./testing/test-api.ts";

/** A title that means something in HTML, XML, CDATA and Markdown, and holds what XML cannot. */
const nasty = `]]> <b>"bold" & 'x'</b> \u0007\ud800 \u{1f98a} &amp; $a<b$`;

async function addNasty({ database: { db } }: TestApi): Promise<void> {
  const at = new Date("2024-09-10");
  const paper = {
    id: "2409.09999",
    title: nasty,
    abstract: nasty,
    authors: ["O'Neil <o@x>", "B & C"],
  };
  await upsertPapers(db, [{ ...paper, categories: ["cs.<LG>"], publishedAt: at, updatedAt: at }]);
  await listPaper(db, { paperId: paper.id, now: friday });
}

const parse = (text: string) => {
  assert.equal(XMLValidator.validate(text), true);
  return new XMLParser({
    ignoreAttributes: false,
    processEntities: true,
    htmlEntities: false,
  }).parse(text);
};
const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : ([value].flat() as T[]);

test("Atom: valid, one entry a paper, everything that RFC 4287 asks for", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12", "2024-09-13"]);
  await addRoom(at.database.db, id!, "a-room");
  await addNasty(at);
  const { text, headers } = await at.ask("/feed.atom");
  assert.match(headers.get("content-type")!, /^application\/atom\+xml/);
  const { feed } = parse(text);
  assert.equal(feed["@_xmlns"], "http://www.w3.org/2005/Atom");
  assert.equal(feed.id, `${baseUrl}/feed.atom`);
  assert.ok(feed.title && feed.updated && feed.author.name);
  assert.equal(feed.entry.length, 3);
  for (const entry of feed.entry) {
    assert.match(entry.id, /^tag:arxiv\.org,2007:2409\.\d{5}$/);
    assert.match(entry.updated, /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.match(entry.link["@_href"], /^https:\/\/papers\.example\.org\/papers\/2409/);
    assert.ok(entry.title && entry.summary && list(entry.author).length > 0);
  }
  const strange = feed.entry.find((entry: { id: string }) => entry.id.endsWith("09999"));
  // Controls do not get into the database; the rest has to come out as it went in.
  const kept = nasty.replace("\u0007", "").replace("\ud800", "\ufffd");
  assert.equal(strange.title["#text"], kept);
  assert.equal(strange.author[0].name, "O'Neil <o@x>");
  const room = feed.entry.find((entry: { id: string }) => entry.id.endsWith(id!));
  assert.match(room.summary["#text"], /^Claims: 2 hold, 1 fails, 1 not measured\./);
});

test("RSS: valid, authors as creators, descriptions escaped twice", async () => {
  await using at = await testApi();
  await addNasty(at);
  const { text, headers } = await at.ask("/rss.xml?tag=cs.%3CLG%3E");
  assert.match(headers.get("content-type")!, /^application\/rss\+xml/);
  const { channel } = parse((await at.ask("/rss.xml")).text).rss;
  parse(text);
  assert.ok(channel.title && channel.link && channel.description);
  assert.equal(channel["atom:link"]["@_href"], `${baseUrl}/rss.xml`);
  const item = list(channel.item)[0] as Record<string, never> & { guid: Record<string, string> };
  assert.equal(item.guid["@_isPermaLink"], "false");
  assert.equal(new Date(item.pubDate!).getTime(), friday.getTime());
  assert.deepEqual(item["dc:creator"], ["O'Neil <o@x>", "B & C"]);
  assert.doesNotMatch(item.description!, /<b>/);
  assert.match(item.description!, /^<p>.*&lt;b&gt;/);
});

test("JSON Feed 1.1", async () => {
  await using at = await testApi();
  await addNasty(at);
  const { json, headers } = await at.ask("/feed.json?min_upvotes=0");
  assert.match(headers.get("content-type")!, /^application\/feed\+json/);
  assert.equal(json.version, "https://jsonfeed.org/version/1.1");
  assert.equal(json.feed_url, `${baseUrl}/feed.json?min_upvotes=0`);
  assert.deepEqual([json.items.length, json.items[0].title.includes("<b>")], [1, true]);
});

test("feeds narrow by day, tag, votes and words", async () => {
  await using at = await testApi({
    search: {
      query: async () => ({ hits: [{ id: "2409.00001" }, { id: "2409.00003" }] }),
      similar: async () => [],
    },
  });
  const { db } = at.database;
  const days = ["2024-09-11", "2024-09-12", "2024-09-13"];
  const [a, b, c] = await addPapers(db, days);
  await addRoom(db, b!, "a-room");
  const { account } = await signUp(at, "ada");
  await vote(db, { paperId: c!, accountId: account.id, now: friday });
  const ids = async (query: string) =>
    (await at.ask(`/feed.json?${query}`)).json.items.map(
      ({ id }: { id: string }) => id.split(":")[2],
    );
  assert.deepEqual(await ids(""), [c, b, a]);
  assert.deepEqual(await ids("date=2024-09-12"), [b]);
  assert.deepEqual(await ids("tag=kernels"), [b]);
  assert.deepEqual(await ids("tag=stat.ML"), [c, b, a]);
  assert.deepEqual(await ids("tag=cs.AI"), []);
  assert.deepEqual(await ids("min_upvotes=1"), [c]);
  assert.deepEqual(await ids("q=fox"), [c, a]);
  assert.deepEqual(await ids("q=fox&min_upvotes=1"), [c]);
  for (const bad of ["date=2024-13-01", "min_upvotes=-1", "min_upvotes=x", "tag="])
    assert.equal((await at.ask(`/feed.json?${bad}`)).status, 400, bad);
});

test("whatever text comes out of XML as it went in, but for what XML cannot hold", () => {
  const parser = new XMLParser({ trimValues: false, processEntities: true, parseTagValue: false });
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
      const document = `<a>x${escapeXml(text)}</a>`;
      assert.equal(XMLValidator.validate(document), true);
      const possible = text.replace(
        /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
        "\ufffd",
      );
      assert.equal(
        parser.parse(document).a.replace(/\r\n?/g, "\n"),
        `x${possible}`.replace(/\r\n?/g, "\n"),
      );
    }),
  );
});
