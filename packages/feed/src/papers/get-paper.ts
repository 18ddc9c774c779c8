import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import type { Role } from "../database/tables.ts";
import type { PaperView } from "./paper-view.ts";
import { fetchPapers, selectPapers } from "./select-papers.ts";

/** Who looks: a moderator sees hidden papers as well. */
export interface Viewer {
  readonly role: Role;
}

const findPaper = async (
  db: Db,
  column: "id" | "object_id" | "slug",
  value: string,
  viewer: Viewer | null | undefined,
): Promise<PaperView | null> => {
  if (!isStorable(value)) return null;
  let query = selectPapers(db).where(`papers.${column}`, "=", value);
  if (viewer?.role !== "moderator") query = query.where("papers.hidden_at", "is", null);
  const [paper] = await fetchPapers(db, query.limit(1));
  return paper ?? null;
};

/** The paper with a canonical arXiv id; `null` if there is none that the viewer may see. */
export const getPaper = (db: Db, id: string, viewer?: Viewer | null) =>
  findPaper(db, "id", id, viewer);

/** The paper that a room is about. */
export const getPaperBySlug = (db: Db, slug: string, viewer?: Viewer | null) =>
  findPaper(db, "slug", slug, viewer);

/** The paper with an object id of the Hugging Face contract. */
export const getPaperByObjectId = (db: Db, objectId: string, viewer?: Viewer | null) =>
  findPaper(db, "object_id", objectId, viewer);

/** The visible papers among these ids, in the order of the ids. */
export async function getPapers(db: Db, ids: readonly string[]): Promise<PaperView[]> {
  const possible = ids.filter(isStorable);
  if (possible.length === 0) return [];
  const query = selectPapers(db)
    .where("papers.id", "in", possible)
    .where("papers.hidden_at", "is", null);
  const views = new Map((await fetchPapers(db, query)).map((paper) => [paper.id, paper]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/** A paper's versions, first one first. */
export async function paperVersions(db: Db, id: string) {
  const rows = await db
    .selectFrom("paper_versions")
    .selectAll()
    .where("paper_id", "=", id)
    .orderBy("version")
    .execute();
  return rows.map(({ version, submitted_at, size, withdrawn }) => ({
    version,
    submittedAt: submitted_at,
    size,
    withdrawn,
  }));
}
