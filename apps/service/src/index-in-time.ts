import { FeedError } from "@daily-kernel/feed";
import { type ArxivClient, type Db, indexPaper } from "@daily-kernel/feed/node";

/** How long a reader waits for arXiv, whose line may be long, in seconds. */
const readersWait = 30;

/**
 * Asks arXiv for one paper and keeps what it says, within the time that a reader waits.
 * @throws FeedError (ERR_UPSTREAM) after that; as `indexPaper`.
 */
export async function indexInTime(
  db: Db,
  arxiv: ArxivClient,
  id: string,
  { ending, seconds = readersWait }: { ending: AbortSignal; seconds?: number },
): Promise<{ id: string; added: boolean }> {
  const late = AbortSignal.timeout(seconds * 1000);
  try {
    return await indexPaper(db, arxiv, id, { signal: AbortSignal.any([late, ending]) });
  } catch (error) {
    if (error !== late.reason) throw error;
    throw new FeedError("ERR_UPSTREAM", `arXiv did not answer in ${seconds} s: try again later`);
  }
}
