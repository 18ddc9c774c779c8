import { ArxivClient, harvestOai, queryArxiv, readRss } from "@daily-kernel/feed/node";
import { testDatabase } from "@daily-kernel/feed/testing";
import { fixtureServer } from "@daily-kernel/feed/testing/arxiv";
import fc from "fast-check";
import { must } from "../must.ts";
import { hostileMarkup } from "./hostile-markup.ts";
import { codeOf, type Target, target } from "./target.ts";
import { anyText, mutated } from "./texts.ts";

/** As text inside an element, where everything may stand. */
const inside = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const piece = fc.oneof(
  { arbitrary: anyText.map(inside), weight: 4 },
  { arbitrary: hostileMarkup.map(inside), weight: 4 },
  { arbitrary: hostileMarkup, weight: 1 },
  {
    arbitrary: fc.constantFrom(
      ...[
        "<",
        ">",
        "&",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&lol;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
      ],
      ...[
        "</entry>",
        "<entry>",
        "<id></id>",
        "<id>",
        "</record>",
        "<record>",
        "<header status='deleted'>",
      ],
      ...[
        "<resumptionToken>x</resumptionToken>",
        "<error code='badArgument'>no</error>",
        "<title/>",
      ],
      '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY a "&lol;&lol;&lol;&lol;">]>',
      '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
      "<a>".repeat(2000),
      `<a ${"b='c' ".repeat(500)}>`,
      "2026-02-30T25:61:61Z",
      "-1",
      "1e999",
      "\\'{e} \\alpha $x^{2}$ {\\bf x} \\\"o \\ss\\",
    ),
    weight: 4,
  },
);

/** Bytes that are no UTF-8, or none after some point, or not what was announced. */
const bytes = fc.oneof(
  { arbitrary: fc.constant("as it is"), weight: 12 },
  { arbitrary: fc.constantFrom("cut", "latin1", "utf-16", "bad byte"), weight: 1 },
);

/** arXiv's answers in each of its formats with something changed: read, or refused with a reason. */
export const xml: Target = {
  name: "XML of arXiv (Atom, OAI-PMH, RSS)",
  share: 10,
  async run(plan) {
    const documents = await originals();
    const database = await testDatabase();
    let body: Uint8Array = new Uint8Array();
    const client = new ArxivClient({
      userAgent: "daily-kernel-soak (mailto:nobody@example.org)",
      interval: 0,
      attempts: 1,
      sleep: async () => {},
      fetch: async () => new Response(body.slice(), { headers: { "content-type": "text/xml" } }),
    });
    const now = new Date("2025-03-08T12:00:00Z");
    const readers = {
      query: async () => {
        const { papers, skipped } = await queryArxiv(client, { ids: ["2409.00001"] });
        must(
          papers.every(({ id, title }) => id !== "" && title !== ""),
          "a paper without a name",
        );
        return `read${skipped.length > 0 ? ", some skipped" : ""}`;
      },
      rss: async () => {
        const { items } = await readRss(client, "cs.LG");
        must(
          items.every(({ id }) => /\d{4}/.test(id)),
          "an item without an identifier",
        );
        return "read";
      },
      oai: async () => {
        await database.db.deleteFrom("harvests").execute();
        await harvestOai(database.db, client, {
          set: "cs:cs:LG",
          from: "2025-03-01",
          list: true,
          now,
        });
        return "read";
      },
    };
    const one = target({
      name: xml.name,
      share: xml.share,
      values: fc
        .constantFrom(
          "query" as const,
          "rss" as const,
          "query" as const,
          "rss" as const,
          "oai" as const,
        )
        .chain((kind) =>
          fc.record({
            kind: fc.constant(kind),
            text: mutated(fc.constant(documents[kind]), piece),
            bytes,
          }),
        ),
      async attempt({ kind, text, bytes }) {
        body = encoded(text, bytes);
        try {
          return `${kind}: ${await readers[kind]()}`;
        } catch (error) {
          return `${kind}: ${codeOf(error)}`;
        }
      },
    });
    try {
      return await one.run(plan);
    } finally {
      await database.close();
    }
  },
};

function encoded(text: string, how: string): Uint8Array {
  const plain = Buffer.from(text.toWellFormed());
  if (how === "cut") return plain.subarray(0, Math.floor(plain.length * 0.7));
  if (how === "latin1") return Buffer.from(text, "latin1");
  if (how === "utf-16") return Buffer.from(text, "utf16le");
  if (how === "bad byte")
    return Buffer.concat([plain.subarray(0, 500), Buffer.from([0xc3, 0x28]), plain.subarray(500)]);
  return plain;
}

/** Whole answers of each kind, by a server that speaks arXiv's interfaces. */
async function originals(): Promise<Record<"query" | "rss" | "oai", string>> {
  const server = await fixtureServer({ plain: 4, pageSize: 40 });
  const get = async (url: string) => (await fetch(url)).text();
  const { urls } = server;
  try {
    return {
      query: await get(`${urls.query}?search_query=cat:cs.LG&start=0&max_results=20`),
      rss: await get(`${urls.rss}/cs.LG`),
      oai: await get(`${urls.oai}?verb=ListRecords&metadataPrefix=arXiv&set=cs:cs:LG`),
    };
  } finally {
    await server.close();
  }
}
