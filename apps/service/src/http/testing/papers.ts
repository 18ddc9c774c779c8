import type { ClaimState } from "@daily-kernel/feed";
import { type Db, listPaper, setClaimStates, setRoom, upsertPapers } from "@daily-kernel/feed/node";

const day = 86_400_000;

/** Adds papers to the feed, `days[i]` being the day that the i-th is listed on. */
export async function addPapers(db: Db, days: readonly string[]): Promise<string[]> {
  const papers = days.map((listed, i) => {
    const at = new Date(Date.parse(`${listed}T08:00:00Z`) - 3 * day);
    return {
      id: `2409.${String(i + 1).padStart(5, "0")}`,
      title: `Paper ${i + 1}: kernels & <bounds> with $O(n^2)$`,
      abstract: `We study paper ${i + 1}.`,
      authors: ["Ada Lovelace", "Kurt Gödel"],
      primaryCategory: "cs.LG",
      categories: ["cs.LG", "stat.ML"],
      publishedAt: at,
      updatedAt: at,
    };
  });
  await upsertPapers(db, papers);
  for (const [i, listed] of days.entries())
    await listPaper(db, { paperId: papers[i]!.id, now: new Date(`${listed}T09:00:00Z`) });
  return papers.map(({ id }) => id);
}

const claim = (id: string, verdict: ClaimState["verdict"]): ClaimState => ({
  id,
  position: Number(id.slice(1)),
  statement: `Claim ${id} is true | mostly`,
  scale: "desk",
  verdict,
  reason: verdict === "not-measured" ? "needs-gpu" : null,
  reported: "0.9",
  measured: verdict === "not-measured" ? null : "0.91",
  stale: false,
  recordedAt: verdict === "not-measured" ? null : new Date("2024-09-12T00:00:00Z"),
  preset: "quick",
  device: "wasm",
  machine: "a machine",
});

/** Gives a paper a room in which two claims hold, one fails and one was not measured. */
export async function addRoom(db: Db, paperId: string, slug: string): Promise<void> {
  const topics = ["kernels"];
  await setRoom(db, { paperId, slug, summary: "Ours.", topics, runsInBrowser: true });
  const verdicts = ["holds", "holds", "fails", "not-measured"] as const;
  await setClaimStates(
    db,
    paperId,
    verdicts.map((verdict, i) => claim(`c${i + 1}`, verdict)),
  );
}
