import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ClaimState } from "../papers/paper-view.ts";
import { sampleClaim, samplePaperView } from "../testing.ts";
import { composeDigest } from "./compose-digest.ts";
import type { DigestPaper } from "./digest-paper.ts";

const at = new Date("2026-11-20T10:00:00Z");

const paper = (part: Partial<DigestPaper> = {}): DigestPaper => ({
  ...samplePaperView({
    id: "2409.08729",
    slug: "a-room",
    title: "Kernels in $O(n \\log n)$ time",
    summary: "What it says, for $x_i \\in \\mathbb{R}^d$.",
    authors: ["Ada A.", "Bo B.", "Cy C.", "Di D.", "Ed E."].map((name) => ({ id: "1", name })),
    authorCount: 7,
    topics: ["kernels"],
    publishedAt: at,
    updatedAt: at,
    listedAt: at,
    listedDay: "2026-11-20",
    votes: 3,
    commentCount: 1,
    claims: { holds: 2, fails: 1, inconclusive: 0, notMeasured: 1 },
    claimCells: [
      { verdict: "holds", scale: "paper", stale: false },
      { verdict: "holds", scale: "desk", stale: false },
      { verdict: "fails", scale: "simulated", stale: false },
      { verdict: "not-measured", scale: "desk", stale: false },
    ],
    runsInBrowser: true,
  }),
  claimStates: [claim("holds", 0), claim("fails", 1), claim("not-measured", 2)],
  ...part,
});

const claim = (verdict: ClaimState["verdict"], position: number): ClaimState =>
  sampleClaim({
    id: `c${position}`,
    position,
    statement: `Claim ${position} is $\\le 2\\times$ better`,
    verdict,
    reported: "2.1",
    measured: verdict === "not-measured" ? null : "1.9",
    recordedAt: verdict === "not-measured" ? null : at,
  });

const compose = (papers: readonly DigestPaper[], part: { total?: number } = {}) =>
  composeDigest({
    kind: "daily",
    day: "2026-11-24",
    papers,
    baseUrl: "https://daily.example.org",
    domain: "mail.example.org",
    reader: { token: "a".repeat(56) },
    ...part,
  });

test("the mail says what held when it was run, and reads without colour and without mark-up", () => {
  const { subject, text, html } = compose([paper(), paper({ id: "2409.00001" })]);
  assert.equal(subject, "Kernels in O(n log n) time and 1 more");
  assert.match(text, /^Daily Kernel, 24 November 2026: 2 papers\n/);
  assert.match(
    text,
    /1\. Kernels in O\(n log n\) time\n {3}Ada A\., Bo B\., Cy C\., Di D\. and 3 more · 3 votes · 1 comment\n/,
  );
  const held = "When it was run on 20 November 2026: 2 hold, 1 fails, 1 not measured.";
  assert.ok(text.includes(`[✓✓✗–] ${held}`));
  assert.ok(html.includes(held));
  assert.ok(
    text.includes("✗ fails: Claim 1 is ≤ 2× better (reported 2.1, measured 1.9, desk scale)"),
  );
  assert.ok(text.indexOf("✗ fails: Claim 1") < text.indexOf("✓ holds: Claim 0"));
  assert.ok(!text.includes("Claim 2"));
  assert.match(
    text,
    /What it says, for xᵢ ∈ R\^d\.\n {3}https:\/\/daily\.example\.org\/papers\/2409\.08729/,
  );
  assert.deepEqual(
    html
      .match(/>[✓✗?–]<\/b>/g)
      ?.slice(0, 4)
      .join(""),
    ">✓</b>>✓</b>>✗</b>>–</b>",
  );
  assert.equal(html.match(/1px dashed/g)?.length, 2);
  assert.match(html, /<html lang="en" dir="ltr">/);
  assert.match(html, /prefers-color-scheme:dark/);
  assert.doesNotMatch(html, /<img|<script|<link|url\(|<svg|<iframe/i);
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
  assert.ok(
    links.every((href) => href.startsWith("https://daily.example.org/") && !href.includes("?")),
  );
});

test("the headers of a list mail, with one-click unsubscribe", () => {
  assert.deepEqual(compose([paper()]).headers, {
    "List-Id": "Daily Kernel <digest.mail.example.org>",
    "List-Unsubscribe": `<https://daily.example.org/u/${"a".repeat(56)}>, <mailto:u-${"a".repeat(56)}@mail.example.org>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    Precedence: "bulk",
    "Auto-Submitted": "auto-generated",
    "Feedback-ID": "2026-11-24:daily:digest:mail.example.org",
  });
  assert.match(compose([paper()]).text, /unsubscribe: https:\/\/daily\.example\.org\/u\/a{56}\n$/);
});

test("a hundred papers stay below 100 kB, and the mail says how many more there are", () => {
  const long = "長い".repeat(400);
  const many = Array.from({ length: 100 }, (_, i) =>
    paper({ id: `2409.${String(i).padStart(5, "0")}`, summary: `${i} ${long}`, title: long }),
  );
  const { html, text } = compose(many, { total: 240 });
  assert.ok(Buffer.byteLength(html) < 100_000, `${Buffer.byteLength(html)}`);
  const shown = html.match(/<h2/g)!.length;
  assert.ok(shown > 10 && shown < 100);
  assert.ok(html.includes(`and ${240 - shown} more on the page`));
  assert.ok(text.includes(`and ${240 - shown} more on the page`));
  assert.equal(text.match(/^\d+\. /gm)!.length, shown);
  assert.ok(!compose([paper()]).text.includes("more on the page"));
});

test("titles of other languages say so, and keep their direction", () => {
  const { html } = compose([paper({ language: "ar", title: "نواة" }), paper({ language: '"><x' })]);
  assert.match(html, /lang="ar" dir="rtl"/);
  assert.doesNotMatch(html, /<x/);
});

test("a paper that was never run, one not measured, one whose code has changed", () => {
  const none = { holds: 0, fails: 0, inconclusive: 0, notMeasured: 0 };
  const never = paper({ claimCells: [], claimStates: [], claims: none });
  assert.match(compose([never]).text, /Not run here yet\./);
  const waiting = paper({
    claimCells: [{ verdict: "not-measured", scale: "desk", stale: false }],
    claims: { ...none, notMeasured: 1 },
    claimStates: [],
  });
  assert.match(compose([waiting]).text, /\[–\] Its claim is not measured yet\./);
  const stale = paper({ claimCells: [{ verdict: "holds", scale: "desk", stale: true }] });
  assert.match(compose([stale]).text, /the code has changed since/);
});

test("an empty day has no mail", () => {
  assert.throws(() => compose([]), { code: "ERR_INPUT" });
});

test("fuzz: no title, name, summary or claim becomes mark-up (500 cases)", () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "<img onerror=x>",
          '"',
          "'>",
          "</p>",
          "$",
          "\\href{javascript:x}{y}",
          "&lt;",
          "\u202e",
          "\0",
        ),
      ),
    )
    .map((parts) => parts.join(""));
  const tags = (html: string) =>
    html
      .match(/<[^>]*>/g)!
      .map((tag) => tag.slice(0, 8))
      .join();
  const expected = tags(compose([paper()]).html);
  fc.assert(
    fc.property(hostile, hostile, hostile, (title, name, text) => {
      const authors = [{ id: "1", name }];
      const claimStates = [
        { ...claim("holds", 0), statement: text, measured: title },
        claim("fails", 1),
      ];
      const { html, subject } = compose([paper({ title, authors, summary: text, claimStates })]);
      assert.equal(tags(html), expected);
      assert.doesNotMatch(html + subject, /[\0\u202e]/);
      assert.doesNotMatch(subject, /[\r\n]/);
    }),
    { numRuns: 500 },
  );
});
