import type { PaperInput } from "../papers/paper-input.ts";
import { UpstreamFormat, UpstreamRefusal } from "./errors.ts";
import { parseAuthors } from "./names.ts";
import { paperOf, readEach, type Skipped } from "./record.ts";
import { attribute, child, children, type Element, ownText, parseXml, textOf } from "./xml.ts";

/** `arXivRaw` tells every version and its time; `arXiv` tells authors apart but only days. */
export type OaiFormat = "arXiv" | "arXivRaw";

export interface OaiPage {
  /** The server's clock when it answered. */
  readonly answeredAt: Date;
  /** Papers with the day on which their record last changed, `YYYY-MM-DD`. */
  readonly papers: readonly { readonly paper: PaperInput; readonly changed: string }[];
  readonly deleted: readonly { readonly id: string; readonly changed: string }[];
  readonly skipped: readonly Skipped[];
  /** Where the list goes on; null at its end. */
  readonly token: string | null;
  /** How long the whole list is, where the server says so. */
  readonly size: number | null;
}

/**
 * Reads one answer to ListRecords or GetRecord (OAI-PMH 2.0). An empty list (`noRecordsMatch`) is a
 * page without papers.
 * @throws UpstreamFormat; UpstreamRefusal whose reason begins with OAI's error code.
 */
export function parseOaiPage(text: string, url: string): OaiPage {
  const root = child(parseXml(text, url), "OAI-PMH");
  if (!root) throw new UpstreamFormat(url, 0, "is no answer of OAI-PMH");
  const answeredAt = new Date(textOf(root, "responseDate"));
  if (Number.isNaN(answeredAt.getTime())) throw new UpstreamFormat(url, 0, "has no responseDate");
  const error = child(root, "error");
  if (error) {
    const code = attribute(error, "code");
    if (code !== "noRecordsMatch" && code !== "idDoesNotExist")
      throw new UpstreamRefusal(url, `${code}: ${ownText(error).slice(0, 300)}`);
    return { answeredAt, papers: [], deleted: [], skipped: [], token: null, size: null };
  }
  const list = child(root, "ListRecords") ?? child(root, "GetRecord");
  if (!list) throw new UpstreamFormat(url, 0, "holds neither records nor an error");
  const rest = restOf(list);
  if (/\p{Cc}/u.test(rest.token ?? "")) throw new UpstreamFormat(url, 0, "has no legible token");
  return { answeredAt, ...recordsOf(children(list, "record")), ...rest };
}

function restOf(list: Element): { token: string | null; size: number | null } {
  const element = child(list, "resumptionToken");
  const size = element ? attribute(element, "completeListSize") : "";
  return {
    token: (element && ownText(element)) || null,
    size: /^\d{1,12}$/.test(size) ? Number(size) : null,
  };
}

function recordsOf(records: readonly Element[]): Pick<OaiPage, "papers" | "deleted" | "skipped"> {
  const header = (record: Element) => child(record, "header") ?? {};
  const idOf = (record: Element) =>
    textOf(header(record), "identifier").replace(/^oai:arXiv\.org:/i, "");
  const changed = (record: Element) => textOf(header(record), "datestamp").slice(0, 10);
  const isDeleted = (record: Element) => attribute(header(record), "status") === "deleted";
  const days = new Map<string, string>();
  const { papers, skipped } = readEach(
    records.filter((record) => !isDeleted(record)),
    idOf,
    (record) => {
      const paper = paperOfRecord(record);
      days.set(paper.id, changed(record));
      return paper;
    },
  );
  return {
    papers: papers.map((paper) => ({ paper, changed: days.get(paper.id)! })),
    deleted: records.filter(isDeleted).map((one) => ({ id: idOf(one), changed: changed(one) })),
    skipped,
  };
}

function paperOfRecord(record: Element): PaperInput {
  const metadata = child(record, "metadata") ?? {};
  const raw = child(metadata, "arXivRaw");
  if (raw) return paperOfRaw(raw);
  const plain = child(metadata, "arXiv");
  if (plain) return paperOfPlain(plain);
  throw new Error("it holds no metadata in a form of arXiv's");
}

const common = (element: Element) => ({
  id: textOf(element, "id"),
  title: textOf(element, "title"),
  abstract: textOf(element, "abstract"),
  categories: textOf(element, "categories").split(/\s+/),
  comment: textOf(element, "comments"),
  doi: textOf(element, "doi"),
  journalRef: textOf(element, "journal-ref"),
  licence: textOf(element, "license"),
});

function paperOfRaw(raw: Element): PaperInput {
  const versions = children(raw, "version").map((one) => ({
    version: Number(attribute(one, "version").replace(/^v/, "")),
    submittedAt: new Date(textOf(one, "date")),
    size: textOf(one, "size"),
    // A version without files, of source type I (ignore), is a withdrawal.
    withdrawn: textOf(one, "source_type") === "I" && /^0\s*kb$/i.test(textOf(one, "size")),
  }));
  const times = versions.map(({ submittedAt }) => submittedAt.getTime());
  return paperOf({
    ...common(raw),
    authors: parseAuthors(textOf(raw, "authors")),
    publishedAt: new Date(Math.min(...times)),
    updatedAt: new Date(Math.max(...times)),
    versions,
  });
}

function paperOfPlain(plain: Element): PaperInput {
  const authors = children(child(plain, "authors") ?? {}, "author").map((author) =>
    [textOf(author, "forenames"), textOf(author, "keyname"), textOf(author, "suffix")]
      .filter((part) => part !== "")
      .join(" "),
  );
  const created = textOf(plain, "created");
  return paperOf({
    ...common(plain),
    authors,
    publishedAt: new Date(created),
    updatedAt: new Date(textOf(plain, "updated") || created),
  });
}
