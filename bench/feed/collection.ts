import { Rng } from "@daily-kernel/compute";
import { type Cranfield, cranfield, load } from "@daily-kernel/datasets";
import { nodeSource } from "@daily-kernel/datasets/node";
import type { IndexedPaper, JudgedQuery } from "@daily-kernel/feed";

/** Papers and queries, judged where `gains` are not empty. */
export interface Collection {
  readonly name: string;
  readonly papers: readonly IndexedPaper[];
  readonly queries: readonly JudgedQuery[];
}

/** Ids that sort as numbers do. */
const idOf = (number: number) => `9901.${String(number).padStart(6, "0")}`;

const paperOf = (number: number, title: string, abstract: string, authors: string[]) => ({
  id: idOf(number),
  title,
  abstract,
  authors,
  day: "2020-01-01",
  topics: [],
  claimsHold: 0,
  claimsFail: 0,
  runsInBrowser: false,
});

/** The Cranfield collection, or why it is not here. */
export async function cranfieldCollection(): Promise<Collection | { missing: string }> {
  try {
    return asCollection(await load(cranfield, nodeSource()));
  } catch (error) {
    return { missing: (error as Error).message };
  }
}

const asCollection = ({ docs, queries, judgements }: Cranfield): Collection => ({
  name: "Cranfield",
  papers: docs.map(({ id, title, text, author }) =>
    paperOf(id, title, text, author ? author.split(/\s+and\s+/) : []),
  ),
  queries: queries.map(({ id, text }) => ({
    text,
    // Grade 1 is the best.
    gains: new Map(
      judgements
        .filter(({ query, grade }) => query === id && grade > 0)
        .map(({ doc, grade }) => [idOf(doc), 5 - grade]),
    ),
  })),
});

/** Of a synthetic text's words, those that its subjects share with nobody in particular. */
const COMMON = 0.4;
/** How often a word is one that Cranfield does not have, so that the vocabulary keeps growing. */
const NEW = 0.02;
const NEW_WORDS = 200_000;

/**
 * SYNTHETIC papers, with lengths and words of Cranfield: each mixes the words of three random
 * abstracts (a subject) with words at their frequency in all (40 %), and 2 % words of a Zipf tail
 * of 200,000 that nobody has. Their judgements say nothing; their sizes and frequencies do.
 */
export function synthetic(base: Collection, size: number): Collection {
  const rng = new Rng(100_000);
  const texts = base.papers.map(({ abstract }) => abstract.split(/\s+/).filter(Boolean));
  const all = texts.flat();
  const titles = base.papers.map(({ title }) => title.split(/\s+/).length);
  const names = base.papers.flatMap(({ authors }) => authors);
  const nonEmpty = texts.filter((text) => text.length > 0);
  const pick = <T>(list: readonly T[]) => list[rng.integer(list.length)]!;
  const papers = Array.from({ length: size }, (_, i) => {
    const subjects = [pick(nonEmpty), pick(nonEmpty), pick(nonEmpty)];
    const word = () => {
      const u = rng.uniform();
      // A rank with density 1 / rank.
      if (u < NEW) return `w${Math.floor(NEW_WORDS ** rng.uniform())}`;
      return u < NEW + COMMON ? pick(all) : pick(pick(subjects));
    };
    const text = (length: number) => Array.from({ length }, word).join(" ");
    return paperOf(i + 1, text(pick(titles)), text(pick(nonEmpty).length), [pick(names)]);
  });
  return { name: `${size.toLocaleString("en")} synthetic`, papers, queries: base.queries };
}
