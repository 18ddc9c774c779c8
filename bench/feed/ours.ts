import { type IndexedPaper, SearchIndex, type SearchRequest } from "@daily-kernel/feed";
import type { Embedder } from "@daily-kernel/feed/node";
import type { Engine } from "./engine.ts";

type Ranking = NonNullable<SearchRequest["ranking"]>;

/** Every field weighs the same, as in the reference of Cranfield. */
export const plain = { weights: { title: 1, abstract: 1, authors: 0 } };

export function indexOf(papers: readonly IndexedPaper[], options = {}): SearchIndex {
  const index = new SearchIndex(options);
  for (const paper of papers) index.put(paper);
  index.settle();
  return index;
}

/** Our index; `vectors` are those of the queries where a model makes them. */
export const ours = (
  name: string,
  index: SearchIndex,
  ranking: Ranking,
  vectors?: ReadonlyMap<string, Float32Array>,
): Engine => ({
  name,
  search: (q, limit) => {
    const vector = vectors?.get(q);
    return index.search({ q, limit, ranking, ...(vector && { vector }) }).hits.map(({ id }) => id);
  },
});

/** An index with a model's vectors, and the vectors of the queries. */
export async function withModel(
  papers: readonly IndexedPaper[],
  queries: readonly string[],
  embedder: Embedder,
): Promise<{ index: SearchIndex; vectors: Map<string, Float32Array> }> {
  const index = indexOf(papers);
  index.useModel(embedder.name, embedder.dimension);
  for (const { id, title, abstract } of papers) {
    const [vector] = await embedder.embed([`${title}\n${abstract}`]);
    index.setVector(id, vector!);
  }
  const vectors = new Map<string, Float32Array>();
  for (const q of queries) vectors.set(q, (await embedder.embed([index.textOf(q)]))[0]!);
  return { index, vectors };
}
