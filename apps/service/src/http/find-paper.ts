import { notFoundError, type PaperView, parseArxivId } from "@daily-kernel/feed";
import { type Db, getPaper, getPaperBySlug } from "@daily-kernel/feed/node";

/**
 * The visible paper that a path names: by its arXiv id in any form, or by the name of its room.
 * @throws FeedError (ERR_NOT_FOUND), for what is no id as well: there is nothing at that address.
 */
export async function findPaper(db: Db, name: string): Promise<PaperView> {
  const id = arxivId(name);
  const paper = await (id === null ? getPaperBySlug(db, name) : getPaper(db, id));
  if (!paper) throw notFoundError(`no paper ${name} is known here`);
  return paper;
}

function arxivId(name: string): string | null {
  try {
    return parseArxivId(name).id;
  } catch {
    return null;
  }
}
