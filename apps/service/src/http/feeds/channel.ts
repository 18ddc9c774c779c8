import type { PaperView } from "@daily-kernel/feed";

/** What all three kinds of feed are written from: one item a paper. */
export interface Channel {
  readonly title: string;
  readonly description: string;
  /** The site, and this feed's own address. */
  readonly home: string;
  readonly self: string;
  readonly items: readonly Item[];
}

export interface Item {
  /** Never changes, whatever the address of the service. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly publishedAt: Date;
  readonly updatedAt: Date;
  readonly language: string;
}

export function itemOf(paper: PaperView, baseUrl: string): Item {
  const listed = paper.listedAt ?? paper.publishedAt;
  return {
    id: `tag:arxiv.org,2007:${paper.id}`,
    url: `${baseUrl}/papers/${paper.id}`,
    title: paper.title,
    summary: [claimsInWords(paper), paper.summary ?? paper.abstract].filter(Boolean).join("\n\n"),
    authors: paper.authors.map(({ name }) => name),
    tags: [...new Set([...paper.topics, ...paper.categories])],
    publishedAt: listed,
    updatedAt: paper.updatedAt > listed ? paper.updatedAt : listed,
    language: paper.language,
  };
}

/** When anything in the feed last changed; the beginning of time for an empty one. */
export const updatedAt = ({ items }: Channel): Date =>
  new Date(items.reduce((latest, item) => Math.max(latest, item.updatedAt.getTime()), 0));

/** "5 claims hold, 1 fails, 2 not measured"; empty for a paper without claims. */
function claimsInWords({ claims }: Pick<PaperView, "claims">): string {
  const { holds, fails, inconclusive, notMeasured } = claims;
  const parts = [
    holds > 0 && `${holds} ${holds === 1 ? "holds" : "hold"}`,
    fails > 0 && `${fails} ${fails === 1 ? "fails" : "fail"}`,
    inconclusive > 0 && `${inconclusive} inconclusive`,
    notMeasured > 0 && `${notMeasured} not measured`,
  ].filter(Boolean);
  return parts.length > 0 ? `Claims: ${parts.join(", ")}.` : "";
}
