/** The thread that holds the index: neither a search nor a load stalls a reader. */
import type { IndexedPaper } from "../indexed-paper.ts";
import type { LsaFactors } from "../lsa/fit-lsa.ts";
import { SearchIndex, type SearchRequest } from "../search-index.ts";
import { serve } from "../thread/serve.ts";

const index = new SearchIndex();

const methods = {
  useModel: (model: string, dimension: number) => index.useModel(model, dimension),
  change(put: readonly IndexedPaper[], removed: readonly string[]) {
    for (const paper of put) index.put(paper);
    for (const id of removed) index.delete(id);
  },
  setVectors(ids: readonly string[], vectors: readonly Float32Array[]) {
    ids.forEach((id, i) => {
      index.setVector(id, vectors[i]!);
    });
  },
  settle: () => index.settle(),
  textsForLsa: () => index.textsForLsa(),
  beginLsa: (factors: LsaFactors | undefined) => index.beginLsa(factors),
  continueLsa: (count: number) => index.continueLsa(count),
  textOf: (q: string) => index.textOf(q),
  search: (request: SearchRequest) => ({
    ...index.search(request),
    dense: request.ranking === "words" ? "none" : index.dense,
  }),
  similar: (id: string, limit: number) => index.similar(id, limit),
  state: () => ({ papers: index.size, dense: index.dense, vectors: index.vectors }),
};

export type SearchThread = typeof methods;

serve(methods);
