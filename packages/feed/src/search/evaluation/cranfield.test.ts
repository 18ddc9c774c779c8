import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Cranfield, cranfield, load } from "@daily-kernel/datasets";
import { nodeSource } from "@daily-kernel/datasets/node";
import { InvertedIndex } from "../lexical/inverted-index.ts";
import { SearchIndex } from "../search-index.ts";
import { stopWords } from "../text/stop-words.ts";
import { words } from "../text/words.ts";
import { type Evaluation, evaluate, mean } from "./evaluate.ts";
import { pairedBootstrap } from "./paired-bootstrap.ts";

const folder = process.env.DAILY_KERNEL_DATA;
const skip =
  folder === undefined && "DAILY_KERNEL_DATA is not set: the Cranfield collection is not here";

/** Document numbers as ids that sort alike. */
const idOf = (doc: number) => String(doc).padStart(4, "0");

const queriesOf = ({ queries, judgements }: Cranfield) =>
  queries.map(({ id, text }) => ({
    text,
    gains: new Map(
      judgements
        .filter(({ query, grade }) => query === id && grade > 0)
        .map(({ doc, grade }) => [idOf(doc), 5 - grade]),
    ),
  }));

function plainBm25(data: Cranfield) {
  const index = new InvertedIndex([1], { k1: 1.2, b: 0.75 });
  for (const { title, text } of data.docs) index.add([`${title} ${text}`]);
  return (query: string) => {
    const scores = new Float64Array(index.slots);
    const terms = words(query).flatMap((word) => index.numberOf(word) ?? []);
    index.score(
      terms.filter((term) => !index.isStopWord(term)),
      scores,
    );
    return [...scores.keys()]
      .sort((a, b) => scores[b]! - scores[a]! || a - b)
      .map((slot) => ({ doc: slot + 1, score: scores[slot]! }));
  };
}

function standardIndex(data: Cranfield): SearchIndex {
  const index = new SearchIndex();
  for (const { id, title, author, text } of data.docs) {
    index.put({
      id: idOf(id),
      title,
      abstract: text,
      authors: author.split(/\s+and\s+/),
      day: "1960-01-01",
      topics: [],
      claimsHold: 0,
      claimsFail: 0,
      runsInBrowser: false,
    });
  }
  return index;
}

test("BM25 on Cranfield is that of the reference, score by score", { skip }, async () => {
  const data = await load(cranfield, nodeSource());
  const reference = JSON.parse(
    readFileSync(join(folder!, "cranfield", "reference-scores.json"), "utf8"),
  );
  assert.equal(stopWords.size, 318);
  const rank = plainBm25(data);
  for (const [query, top] of Object.entries<[number, number][]>(reference.bm25_top10)) {
    const ranked = rank(data.queries[Number(query) - 1]!.text);
    top.forEach(([doc, score], i) => {
      assert.equal(ranked[i]!.doc, doc, `query ${query}, rank ${i + 1}`);
      assert.ok(Math.abs(ranked[i]!.score - score) < 1e-5, `query ${query}, document ${doc}`);
    });
  }
  const result = evaluate(queriesOf(data), ({ text }) => rank(text).map(({ doc }) => idOf(doc)));
  const expected: Record<keyof Evaluation, number> = {
    "nDCG@10": reference.scores.bm25["ndcg@10"],
    MAP: reference.scores.bm25.map,
    "MRR@10": reference.scores.bm25["mrr@10"],
    "recall@100": reference.scores.bm25["recall@100"],
  };
  for (const measure of Object.keys(expected) as (keyof Evaluation)[]) {
    const value = mean(result[measure]);
    assert.ok(Math.abs(value - expected[measure]) < 5e-4, `${measure} ${value}`);
  }
});

test("words and meaning together find more than words alone", { skip }, async () => {
  const data = await load(cranfield, nodeSource());
  const queries = queriesOf(data);
  const index = standardIndex(data);
  const lists = (ranking: "words" | "meaning" | "hybrid") =>
    evaluate(queries, ({ text }) =>
      index.search({ q: text, limit: 1000, ranking }).hits.map(({ id }) => id),
    );
  const lexical = lists("words");
  assert.ok(Math.abs(mean(lexical["nDCG@10"]) - 0.36) < 0.005);
  index.useLsa();
  const meaning = lists("meaning");
  const hybrid = lists("hybrid");
  const best = Math.max(mean(lexical["nDCG@10"]), mean(meaning["nDCG@10"]));
  assert.ok(mean(hybrid["nDCG@10"]) >= 0.38);
  assert.ok(mean(hybrid["nDCG@10"]) >= best - 0.01);
  assert.ok(pairedBootstrap(hybrid["nDCG@10"], lexical["nDCG@10"]).low > 0);
  // Documents 471 and 995 have no words: nothing finds them, and they disturb nothing.
  const all = queries.flatMap(({ text }) => index.search({ q: text, limit: 1400 }).hits);
  assert.ok(all.every(({ id, score }) => id !== "0471" && id !== "0995" && score >= 0));
  assert.deepEqual(index.similar("0471", 5), []);
});
