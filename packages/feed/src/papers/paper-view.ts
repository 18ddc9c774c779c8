import type { Author, ClaimCell, Verdict } from "../database/tables.ts";

export type { Author, ClaimCell, Verdict };

export interface ClaimCounts {
  readonly holds: number;
  readonly fails: number;
  readonly inconclusive: number;
  readonly notMeasured: number;
}

/** A claim's standing: what was reported, what was measured, when and where. */
export interface ClaimState {
  readonly id: string;
  readonly position: number;
  readonly statement: string;
  readonly scale: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly reported: string;
  readonly measured: string | null;
  /** The sources have changed since it was measured. */
  readonly stale: boolean;
  readonly recordedAt: Date | null;
  readonly preset: string | null;
  readonly device: string | null;
  readonly machine: string | null;
}

/** An account as everybody may see it. */
export interface PublicAccount {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
}

/** The account of columns that a left join gives; null if there is none. */
export const publicAccount = (
  id: string | null,
  name: string | null,
  fullName: string | null,
): PublicAccount | null =>
  id === null || name === null ? null : { id, name, fullName: fullName ?? "" };

/** A paper as readers see it. */
export interface PaperView {
  /** Canonical arXiv id without version. */
  readonly id: string;
  /** 24 hexadecimal digits. */
  readonly objectId: string;
  /** The room's name, where the paper runs. */
  readonly slug: string | null;
  readonly title: string;
  readonly abstract: string;
  readonly summary: string | null;
  readonly authors: readonly Author[];
  /** May exceed the number of names. */
  readonly authorCount: number;
  readonly primaryCategory: string | null;
  readonly categories: readonly string[];
  readonly topics: readonly string[];
  readonly language: string;
  readonly comment: string | null;
  readonly doi: string | null;
  readonly journalRef: string | null;
  readonly licence: string | null;
  readonly projectPage: string | null;
  readonly githubRepo: string | null;
  readonly githubStars: number | null;
  readonly thumbnail: string | null;
  readonly mediaUrls: readonly string[];
  readonly publishedAt: Date;
  readonly updatedAt: Date;
  /** When it entered the feed; null while it is only known. `listedDay` is the UTC day. */
  readonly listedAt: Date | null;
  readonly listedDay: string | null;
  readonly submittedBy: PublicAccount | null;
  readonly withdrawnAt: Date | null;
  /** Set only for moderators: others do not see a hidden paper. */
  readonly hiddenAt: Date | null;
  readonly votes: number;
  readonly commentCount: number;
  readonly heatDay: number;
  readonly heatWeek: number;
  readonly claims: ClaimCounts;
  readonly claimCells: readonly ClaimCell[];
  readonly runsInBrowser: boolean;
  /** Grows with every change of what readers see. */
  readonly revision: number;
}
