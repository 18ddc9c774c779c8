import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { FeedError } from "../feed-error.ts";
import { testDatabase } from "../testing.ts";
import { anyText } from "./fixture/any-text.ts";
import { quickClient } from "./fixture/quick-client.ts";
import { type FixtureServer, fixtureServer } from "./fixture/server.ts";
import { ingest } from "./ingest.ts";

let server: FixtureServer;
let whole = "";
before(async () => {
  server = await fixtureServer({ plain: 2, pageSize: 100 });
  const { client } = quickClient(server);
  whole = await client.get(`${server.urls.oai}?verb=ListRecords&metadataPrefix=arXivRaw&set=cs`);
});
after(() => server.close());

const oai = { source: "oai", set: "cs", from: "2025-03-01", list: true } as const;
const now = new Date("2025-03-07T12:00:00Z");

/** What to write in place of a value between two tags. */
const value = fc.oneof(
  fc.constantFrom(
    ..."|v1|v0|v99999999999|1e9|NaN|Thu, 06 Mar 2025 10:00:00 GMT|9999-99-99|+275760-09-13|0001-01-01|kb|cs.LG|$|\\".split(
      "|",
    ),
    "\u0000",
    "\ufffe",
    "&#0;&#xD800;&#x1F600;",
    "x".repeat(5000),
    "<a/>",
  ),
  anyText(12),
);

test("whatever stands in the fields, a harvest ends or is refused with a code, and can be repeated", async () => {
  const { db, close } = await testDatabase();
  let text = "";
  const { client } = quickClient(server, { fetch: async () => new Response(text) });
  const places = [...whole.matchAll(/>([^<>]{0,80})<\/|="([^"]*)"/g)].map(
    ({ index, 0: all }) => [index, all] as const,
  );
  const edit = fc.tuple(fc.nat(places.length - 1), value);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      text = whole;
      for (const [place, written] of edits.toSorted((a, b) => b[0] - a[0])) {
        const [at, all] = places[place]!;
        const filled = all.startsWith(">") ? `>${written}</` : `="${written}"`;
        text = text.slice(0, at) + filled + text.slice(at + all.length);
      }
      try {
        await ingest(db, client, { ...oai, now });
      } catch (error) {
        assert.ok(error instanceof FeedError && error.code === "ERR_UPSTREAM", String(error));
      }
    }),
    { numRuns: 60 },
  );
  text = whole;
  const report = await ingest(db, client, { ...oai, now });
  assert.ok(report.papers >= 10);
  await close();
});
