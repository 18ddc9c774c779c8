import type { Paper } from "@daily-kernel/reproduction";
import MiniSearch from "minisearch";

/** Finds papers by words of title, authors, topics and summary; the best match comes first. */
export class PaperSearch {
  readonly #index = new MiniSearch<Paper>({
    idField: "slug",
    fields: ["slug", "title", "authors", "topics", "summary", "arxiv"],
    extractField: (paper, field) => {
      const value = paper[field as keyof Paper];
      return Array.isArray(value) ? value.join(" ") : String(value);
    },
    processTerm: fold,
    searchOptions: {
      boost: { title: 4, slug: 3, authors: 2, topics: 2 },
      combineWith: "AND",
      prefix: true,
      // Short words would match almost anything with one letter changed.
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      processTerm: fold,
    },
  });

  constructor(papers: readonly Paper[]) {
    this.#index.addAll(papers);
  }

  /** Slugs in order of relevance; every word has to match. */
  find(query: string): string[] {
    return this.#index.search(query).map((result) => String(result.id));
  }
}

/** Lower case without diacritics: "Sorensen" finds "Sørensen". */
function fold(term: string): string {
  return term
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "");
}
