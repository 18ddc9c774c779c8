import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { UpstreamFormat, UpstreamRefusal } from "./errors.ts";
import { quickClient } from "./fixture/quick-client.ts";
import { type FixtureServer, fixtureServer } from "./fixture/server.ts";
import { parseOaiPage } from "./oai.ts";
import { read } from "./read.ts";

let server: FixtureServer;
let text = "";
before(async () => {
  server = await fixtureServer({ plain: 200, pageSize: 1000 });
  const { client } = quickClient(server);
  text = await client.get(`${server.urls.oai}?verb=ListRecords&metadataPrefix=arXivRaw&set=cs`);
});
after(() => server.close());

const url = "https://example.org/oai";
const space = " ".repeat(100_000);

test("a long answer is read as a short one is", async () => {
  assert.ok(text.length > 100_000);
  assert.deepEqual(await read("oai", text, url), parseOaiPage(text, url));
});

test("errors of a long answer are those of a short one", async () => {
  const cut = text.slice(0, -200);
  const told = await read("oai", cut, url).then(
    () => assert.fail("it was read"),
    (error: unknown) => error,
  );
  assert.ok(told instanceof UpstreamFormat);
  assert.throws(() => parseOaiPage(cut, url), { message: told.message, offset: told.offset });
  const refused = `<OAI-PMH><responseDate>2025-03-07T12:00:00Z</responseDate>${space}<error code="badArgument">no</error></OAI-PMH>`;
  await assert.rejects(read("oai", refused, url), (error) => {
    assert.ok(error instanceof UpstreamRefusal);
    assert.equal(error.reason, "badArgument: no");
    return true;
  });
  await assert.rejects(read("rss", `<!DOCTYPE rss>${space}<rss/>`, url), UpstreamFormat);
});
