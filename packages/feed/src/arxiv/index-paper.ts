import type { Db } from "../database/open.ts";
import { notFoundError } from "../feed-error.ts";
import { addressOf, ask } from "./ask.ts";
import type { ArxivClient } from "./client.ts";
import { UpstreamFormat } from "./errors.ts";
import { parseArxivId } from "./id.ts";
import { store } from "./store.ts";

/**
 * Makes one paper known (not listed), with all its versions; a known one is brought up to date.
 * @throws InvalidArxivId; FeedError `ERR_NOT_FOUND` if arXiv does not have it; as `ArxivClient.get`.
 */
export async function indexPaper(
  db: Db,
  client: ArxivClient,
  text: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ id: string; added: boolean }> {
  const { id } = parseArxivId(text);
  const url = addressOf(client.urls.oai, {
    verb: "GetRecord",
    metadataPrefix: "arXivRaw",
    identifier: `oai:arXiv.org:${id}`,
  });
  const { papers, skipped } = await ask(client, url, "oai", signal);
  if (skipped[0]) throw new UpstreamFormat(url, 0, `holds a record of which ${skipped[0].reason}`);
  const paper = papers[0]?.paper;
  if (!paper) throw notFoundError(`indexPaper: arXiv has no paper ${id}`);
  if (paper.id !== id) throw new UpstreamFormat(url, 0, `is about ${paper.id}`);
  const { added } = await store(db, [{ paper, listAt: null }]);
  return { id, added: added === 1 };
}
