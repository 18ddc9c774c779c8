import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { type Paper, topics } from "@daily-kernel/reproduction";

const slugs = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((slug) => existsSync(new URL(`${slug}/paper.ts`, import.meta.url)))
  .sort();

const papers: readonly { slug: string; paper: Paper }[] = await Promise.all(
  slugs.map(async (slug) => ({
    slug,
    paper: (await import(`./${slug}/paper.ts`)).default as Paper,
  })),
);

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, at) => values.indexOf(value) !== at);

/** Sentences end with `.`, `!` or `?` before a space and a capital letter. */
const innerSentenceEnd = /[.!?]\s+\p{Lu}/u;

test("the catalogue has the 33 papers and at least 90 claims", () => {
  assert.equal(papers.length, 33);
  const claims = papers.reduce((sum, { paper }) => sum + paper.claims.length, 0);
  assert.ok(claims >= 90, `only ${claims} claims`);
});

test("no two papers share an arXiv identifier or a title", () => {
  assert.deepEqual(repeated(papers.map(({ paper }) => paper.arxiv)), []);
  assert.deepEqual(repeated(papers.map(({ paper }) => paper.title.toLowerCase())), []);
});

for (const { slug, paper } of papers) {
  test(`${slug}: facts`, () => {
    assert.equal(paper.slug, slug);
    assert.match(paper.arxiv, /^\d{4}\.\d{4,5}$/);
    assert.ok(Number.isInteger(paper.authorCount) && paper.authorCount >= 1);
    assert.ok([0, paper.authorCount].includes(paper.authors.length));
    assert.deepEqual(repeated(paper.authors), []);
    assert.ok(paper.topics.length >= 1);
    for (const topic of paper.topics) assert.ok(topics.includes(topic), topic);
    assert.deepEqual(repeated(paper.topics), []);
    assert.match(paper.library, /^[a-z]+(-[a-z]+)*$/);
    for (const text of [paper.title, paper.summary, ...paper.authors])
      assert.equal(text, text.trim().replace(/\s+/g, " "));
  });

  test(`${slug}: the day exists and fits the arXiv identifier`, () => {
    const day = new Date(`${paper.submitted}T00:00:00Z`);
    assert.equal(day.toISOString().slice(0, 10), paper.submitted);
    // The identifier carries the month of the announcement: up to two weeks after the submission.
    const months = [0, 14].map((days) =>
      new Date(day.getTime() + days * 86_400_000).toISOString().slice(2, 7).replace("-", ""),
    );
    assert.ok(months.includes(paper.arxiv.slice(0, 4)), `${paper.submitted} for ${paper.arxiv}`);
  });

  test(`${slug}: the summary has 80 to 150 words and closed mathematics`, () => {
    const words = paper.summary.split(/\s+/).length;
    assert.ok(words >= 80 && words <= 150, `${words} words`);
    assert.equal(paper.summary.split("$").length % 2, 1);
    assert.match(paper.summary, /\.$/);
  });

  test(`${slug}: links are secure, unique and include the arXiv page`, () => {
    const urls = paper.links.map(({ url }) => url);
    for (const url of urls) assert.equal(new URL(url).protocol, "https:");
    assert.deepEqual(repeated(urls), []);
    assert.deepEqual(repeated(paper.links.map(({ label }) => label)), []);
    assert.ok(urls.includes(`https://arxiv.org/abs/${paper.arxiv}`));
  });

  test(`${slug}: claims can turn out false`, () => {
    assert.deepEqual(repeated(paper.claims.map(({ id }) => id)), []);
    assert.deepEqual(repeated(paper.claims.map(({ statement }) => statement)), []);
    for (const { id, statement, reported, quantity, holdsIf } of paper.claims) {
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.match(statement, /^\p{Lu}.*[^.]\.$/u, id);
      assert.doesNotMatch(statement, innerSentenceEnd, id);
      assert.ok(statement.split(/\s+/).length >= 10, `${id}: too short to be wrong`);
      assert.ok(quantity.trim().length > 0, id);
      if (reported !== null) assert.ok(reported.setting.trim().length > 0, id);
      const { min = -Infinity, max = Infinity, minN = 1 } = holdsIf;
      assert.ok(Number.isFinite(min) || Number.isFinite(max), `${id}: no bound`);
      assert.ok(min <= max, `${id}: ${min} > ${max}`);
      assert.ok(Number.isInteger(minN) && minN >= 1, id);
    }
  });
}
