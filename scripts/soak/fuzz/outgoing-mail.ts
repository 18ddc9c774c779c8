import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ClaimState,
  composeDigest,
  type DigestPaper,
  emailAddress,
  type PaperView,
} from "@daily-kernel/feed";
import { openMailer, readOutbox } from "@daily-kernel/feed/node";
import { sampleClaim, samplePaperView } from "@daily-kernel/feed/testing";
import fc from "fast-check";
import { must } from "../must.ts";
import { checkHtml } from "./check-html.ts";
import { hostileMarkup } from "./hostile-markup.ts";
import { codeOf, type Target, target } from "./target.ts";
import { anyText, mutated } from "./texts.ts";

/** Texts that would like to begin a header, or end one. */
const headerText = fc.oneof(
  anyText,
  hostileMarkup,
  mutated(
    fc.constantFrom("A subject", "Ünïcode, 日本語", "x".repeat(300)),
    fc.constantFrom(
      ...[
        "\r\nBcc: victim@example.org",
        "\nX-Evil: 1",
        "\r\n\r\n<script>",
        "\u2028To: x",
        "\u0085Cc: y",
      ],
      ...["=?utf-8?B?DQpCY2M6IHg=?=", "\0", "\u202e", "\r", '"<a@b.c>,'],
    ),
  ),
);
const address = fc.oneof(
  { arbitrary: fc.constant("reader@example.org"), weight: 3 },
  { arbitrary: mutated(fc.constant("reader@example.org")), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      ...[
        "a@b.c, d@e.f",
        "a@b.c\r\nRCPT TO:<x@y.z>",
        '"a b"@c.d',
        "<a@b.c>",
        "a@b.c>",
        "@",
        "a@",
        "ü@ö.example",
      ],
    ),
    weight: 1,
  },
);

const at = new Date("2026-11-24T07:00:00Z");
const verdict = fc.constantFrom("holds", "fails", "inconclusive", "not-measured");
const claim = fc
  .record({
    statement: hostileMarkup,
    reported: headerText,
    measured: fc.option(headerText),
    verdict,
  })
  .map(
    (some): ClaimState =>
      sampleClaim({ ...some, verdict: some.verdict as ClaimState["verdict"], recordedAt: at }),
  );
const paper = fc
  .record({
    title: hostileMarkup,
    abstract: hostileMarkup,
    summary: fc.option(hostileMarkup),
    names: fc.array(headerText, { maxLength: 6 }),
    language: fc.oneof(fc.constantFrom("en", "ar", "he"), anyText),
    claimStates: fc.array(claim, { maxLength: 3 }),
    votes: fc.nat(),
  })
  .map(
    ({ names, ...some }): DigestPaper => ({
      ...samplePaperView({ publishedAt: at, updatedAt: at, listedAt: at, authorCount: 1 }),
      ...some,
      authors: names.map((name, i) => ({ id: String(i), name })),
      claimCells: some.claimStates.map(({ verdict, scale, stale }) => ({
        verdict,
        scale,
        stale,
      })) as PaperView["claimCells"],
    }),
  );

/** What a digest may hold that prose may not: it is a page of its own, with a style sheet of ours. */
const ofDigest = new Set(["style", "style-values", "meta", "title", "name"]);

const ownHeaders = new Set(
  "from to subject message-id date mime-version content-type content-transfer-encoding".split(" "),
);

/** Headers of a mail as it goes over the wire, by a reader of our own: strict, and small. */
function checkHeaders(raw: string, expected: ReadonlySet<string>): void {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
  must(!/(^|[^\r])\n|\r(?!\n)/.test(head), "a bare line break in the headers");
  must(/^[\x20-\x7e\t\r\n]*$/.test(head), "a header with what is not printable ASCII");
  const lines = head.split("\r\n");
  must(
    lines.every((line) => line.length <= 998),
    "a line of more than 998 characters",
  );
  const names = lines
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => {
      const name = /^([A-Za-z][A-Za-z0-9-]*):/.exec(line)?.[1];
      must(name !== undefined, `a line that is no header: ${line.slice(0, 100)}`);
      return name.toLowerCase();
    });
  must(new Set(names).size === names.length, `a header twice: ${names.join(", ")}`);
  for (const name of names) must(ownHeaders.has(name) || expected.has(name), `a header ${name}`);
}

/** Mails with hostile words in every place, and digests of hostile papers, written to an outbox. */
export function outgoingMail(): Target {
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-fuzz-"));
  const mailer = openMailer({ outbox: folder, from: "Daily Kernel <digest@example.org>" });
  const send = async (mail: Parameters<typeof mailer.send>[0]) => {
    const name = (await mailer.send(mail)).response.replace(/^.* /, "");
    const raw = readFileSync(join(folder, name), "latin1");
    checkHeaders(raw, new Set(Object.keys(mail.headers ?? {}).map((key) => key.toLowerCase())));
    const read = await readOutbox(folder, name);
    rmSync(join(folder, name));
    return read;
  };
  const plain = fc.record({
    to: address,
    subject: headerText,
    text: anyText,
    headers: fc.dictionary(fc.oneof(fc.constantFrom("List-Id", "X-Note"), anyText), headerText, {
      maxKeys: 2,
    }),
  });
  const digest = fc.record({
    papers: fc.array(paper, { minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom("daily" as const, "weekly" as const),
    siteName: fc.oneof(fc.constant("Daily Kernel"), headerText),
  });
  const one = target({
    name: "mails and digests",
    share: 8,
    values: fc.oneof(plain, digest),
    async attempt(value) {
      if (!("papers" in value)) {
        try {
          const { to } = await send(value);
          must(/^[^\s,;<>"@]+@[a-z0-9.-]+$/.test(to), `it went to ${to}`);
          must(to === emailAddress(value.to), `it went to ${to}`);
          return "sent";
        } catch (error) {
          must(codeOf(error) === "ERR_INPUT", `${error}`);
          return "refused";
        }
      }
      const composed = composeDigest({
        ...value,
        day: "2026-11-24",
        baseUrl: "https://daily.example.org",
        domain: "example.org",
        reader: { token: "0".repeat(56) },
      });
      const { html, headers } = composed;
      must(html.startsWith("<!doctype html>"), "it is no page");
      checkHtml(html.slice("<!doctype html>".length), ofDigest);
      for (const [, href] of html.matchAll(/href="([^"]*)"/g))
        must(href!.startsWith("https://daily.example.org/"), `a link leads away: ${href}`);
      must((html.match(/<style>/g) ?? []).length === 1, "a style sheet of somebody else's");
      const read = await send({ to: "reader@example.org", ...composed });
      must(headers["List-Unsubscribe-Post"] === "List-Unsubscribe=One-Click", "no one-click");
      must(
        read.html !== null && read.text.includes("Change it or unsubscribe"),
        "a part is missing",
      );
      return "digest";
    },
  });
  return {
    ...one,
    run: async (plan) => {
      try {
        return await one.run(plan);
      } finally {
        await mailer.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
