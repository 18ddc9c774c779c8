import { type Db, listPaper, setClaimStates, upsertPapers } from "@daily-kernel/feed/node";

/** The first issue's day; issue i has the papers that were listed an hour before its hour. */
const firstIssue = Date.parse("2026-11-24T07:00:00Z");
const day = 86_400_000;
const papersAnIssue = 33;

export const issueMoment = (issue: number): Date => new Date(firstIssue + issue * day);

const verdicts = ["holds", "fails", "inconclusive", "not-measured"] as const;

/** Lists an issue's papers, with claims, in the length that papers have. Again, it changes nothing. */
export async function listIssue(db: Db, issue: number): Promise<void> {
  const at = new Date(issueMoment(issue).getTime() - 3_600_000);
  const ids = Array.from(
    { length: papersAnIssue },
    (_, i) => `2611.${String(issue * 100 + i).padStart(5, "0")}`,
  );
  await upsertPapers(
    db,
    ids.map((id, i) => ({
      id,
      title: `Kernels of the ${i}th kind in $O(n^{${i}} \\log n)$ time, issue ${issue}`,
      abstract: `We measure ${i} things of which $x_${i % 10} \\in \\mathbb{R}^d$. `.repeat(12),
      authors: ["Ada Example", "Bo Sample", "Cy Specimen"],
      publishedAt: at,
      updatedAt: at,
    })),
  );
  for (const [i, paperId] of ids.entries()) {
    const claims = Array.from({ length: 1 + (i % 8) }, (_, n) => ({
      id: `c${n}`,
      position: n,
      statement: `Claim ${n} of paper ${i} is better by a factor $\\ge ${n + 1}$`,
      scale: "desk",
      verdict: verdicts[(i + n) % 4]!,
      reason: null,
      reported: `${n}.5`,
      measured: (i + n) % 4 === 3 ? null : `${n}.4`,
      stale: false,
      recordedAt: (i + n) % 4 === 3 ? null : at,
      preset: "full",
      device: "cpu",
      machine: "m",
    }));
    await setClaimStates(db, paperId, claims);
    await listPaper(db, { paperId, now: at });
  }
}
