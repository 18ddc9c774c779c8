import type { PaperView } from "@daily-kernel/feed";
import { getPaper, getPaperBySlug } from "@daily-kernel/feed/node";
import { error } from "@sveltejs/kit";
import { service } from "#lib/server/service.ts";
import { shareImage } from "#lib/server/share-image.ts";
import type { RequestHandler } from "./$types";

/** The last images that were drawn, by paper; one is drawn again when its paper changes. */
const drawn = new Map<string, { readonly revision: number; readonly png: Promise<Buffer> }>();
const most = 200;

function imageOf(paper: PaperView): Promise<Buffer> {
  const known = drawn.get(paper.id);
  if (known?.revision === paper.revision) return known.png;
  const png = shareImage(paper);
  drawn.delete(paper.id);
  drawn.set(paper.id, { revision: paper.revision, png });
  const [oldest] = drawn.keys();
  if (drawn.size > most && oldest !== undefined) drawn.delete(oldest);
  png.catch(() => drawn.delete(paper.id));
  return png;
}

/** A paper's picture for link previews; other sites show it, so it may be fetched from there. */
export const GET: RequestHandler = async ({ params, request, setHeaders }) => {
  const { db } = service();
  const paper = (await getPaper(db, params.id)) ?? (await getPaperBySlug(db, params.id));
  if (!paper) error(404, "There is no such paper.");
  const etag = `"${paper.id}-${paper.revision}"`;
  setHeaders({ etag, "cache-control": "public, max-age=3600" });
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304 });
  return new Response(new Uint8Array(await imageOf(paper)), {
    headers: { "content-type": "image/png" },
  });
};
