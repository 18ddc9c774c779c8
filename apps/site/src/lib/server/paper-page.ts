import {
  dayInWords,
  InvalidArxivId,
  type PaperView,
  parseArxivId,
  proseToHtml,
  proseToText,
} from "@daily-kernel/feed";
import {
  getPaper,
  getPaperBySlug,
  getPapers,
  paperVersions,
  votedPapers,
} from "@daily-kernel/feed/node";
import { error, redirect } from "@sveltejs/kit";
import { paperHref } from "../feed-item.ts";
import { bibtex } from "./bibtex.ts";
import { commentPage } from "./comment-thread.ts";
import { dayOf, feedItem } from "./feed-item.ts";
import { roomOf } from "./room.ts";
import { runsOf } from "./server-runs.ts";
import { service } from "./service.ts";

/**
 * The paper that an address names: its room's slug or its arXiv id. A room's page is at its slug,
 * whichever way it was asked for; any other spelling of an id leads to the canonical one.
 */
export async function findPaper(
  name: string,
  url: URL,
  { account }: App.Locals,
): Promise<PaperView> {
  const { db } = service();
  const bySlug = await getPaperBySlug(db, name, account);
  if (bySlug) return bySlug;
  const id = arxivId(name);
  const paper = id === null ? null : await getPaper(db, id, account);
  if (!paper) return noSuchPaper(name);
  const canonical = paperHref(paper);
  if (canonical !== `/papers/${name}`) redirect(308, `${canonical}${url.search}`);
  return paper;
}

function arxivId(name: string): string | null {
  try {
    return parseArxivId(name).id;
  } catch (thrown) {
    if (thrown instanceof InvalidArxivId) return null;
    throw thrown;
  }
}

async function noSuchPaper(name: string): Promise<never> {
  const { db, search } = service();
  const { hits } = await search.query({
    q: name.replaceAll("-", " ").slice(0, 250),
    limit: 1,
    offset: 0,
  });
  const [near] = await getPapers(
    db,
    hits.map(({ id }) => id),
  );
  const found = near ? ` Did you mean "${near.slug ?? near.id}"?` : "";
  error(404, `There is no paper "${name}" here.${found}`);
}

/** Papers like this one, for its page. */
async function similarTo(id: string) {
  const { db, search } = service();
  const near = await search.similar(id, 5);
  return (
    await getPapers(
      db,
      near.map((hit) => hit.id),
    )
  ).map((paper) => ({
    href: paperHref(paper),
    titleHtml: proseToHtml(paper.title),
    language: paper.language,
    day: dayOf(paper),
    counts: paper.claims,
  }));
}

/** What the page of one paper shows. */
export async function paperPage(paper: PaperView, url: URL, locals: App.Locals) {
  const { db } = service();
  const { account } = locals;
  const voted = account ? await votedPapers(db, account.id, [paper.id]) : new Set<string>();
  const item = feedItem(paper, voted.has(paper.id));
  const room = paper.slug === null ? null : await roomOf(paper.slug, url);
  return {
    item,
    arxiv: paper.id,
    dayInWords: dayInWords(item.day),
    published: paper.publishedAt.toISOString().slice(0, 10),
    publishedInWords: dayInWords(paper.publishedAt.toISOString().slice(0, 10)),
    versions: (await paperVersions(db, paper.id)).length,
    comment: paper.comment,
    doi: paper.doi,
    journal: paper.journalRef,
    categories: paper.categories,
    links: linksOf(paper, room?.links ?? []),
    // The authors' own words, unless all we have is our summary.
    abstractHtml: paper.abstract === paper.summary ? null : proseToHtml(paper.abstract),
    summaryHtml: paper.summary === null ? null : proseToHtml(paper.summary),
    description: proseToText(paper.summary ?? paper.abstract).slice(0, 300),
    withdrawn: paper.withdrawnAt && dayInWords(paper.withdrawnAt.toISOString().slice(0, 10)),
    hidden: paper.hiddenAt !== null,
    submittedBy: paper.submittedBy && (paper.submittedBy.fullName || paper.submittedBy.name),
    room,
    bibtex: bibtex(paper),
    similar: await similarTo(paper.id),
    discussion: await commentPage(paper.id, account, url.searchParams),
    runs: room?.built ? await runsOf(paper.id, account) : [],
  };
}

interface Link {
  readonly label: string;
  readonly url: string;
}

/** Where else to read of a paper; each address once. */
function linksOf({ id, projectPage, githubRepo }: PaperView, ours: readonly Link[]): Link[] {
  const known = [
    ...ours.filter(({ url }) => !url.startsWith("https://arxiv.org/abs/")),
    ...(projectPage ? [{ label: "Project page", url: projectPage }] : []),
    ...(githubRepo ? [{ label: "Code", url: githubRepo }] : []),
    { label: "PDF", url: `https://arxiv.org/pdf/${id}` },
  ];
  return [...new Map(known.reverse().map((link) => [link.url, link])).values()].reverse();
}

export type PaperPage = Awaited<ReturnType<typeof paperPage>>;
