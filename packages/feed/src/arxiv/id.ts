import { InvalidArxivId } from "./errors.ts";

/** An arXiv identifier without its version, and the version where one was named. */
export interface ArxivId {
  /** `2409.08729`, `0704.0001`, `hep-th/9901001`. */
  readonly id: string;
  readonly version: number | null;
}

/** Every archive that gave out identifiers before April 2007. */
const oldArchives = new Set(
  `acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas
   cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex
   nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con`.split(/\s+/),
);

/** Longer than any way of writing an identifier; what follows looks at no longer text. */
const longest = 300;

const opening = /^["'`“‘([{<]+/;
const closing = /["'`”’)\]}>.,;:!?…]+$/;
const listing = /\s*\[[a-z-]{2,10}(?:\.[a-z-]{2,10})?\]$/i;
const site = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*arxiv\.org(?::\d+)?\//i;
const doi = /^(?:(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/|doi:\s*)?10\.48550\/arxiv\./i;
const label = /^(?:oai:arxiv\.org:|arxiv:)\s*/i;
const kind = /^(?:abs|pdf|html|format|ps|src|e-print)\//i;
const versioned = /^(.*\d)v(\d+)$/i;
const modern = /^(\d{2})(\d{2})\.(\d+)$/;
const old = /^([a-z-]+)(?:\.[a-z-]{2,10})?\/(\d{2})(\d{2})(\d{3})$/i;

/**
 * Reads an arXiv identifier in any of its usual forms: plain, `arXiv:`, with a version, a URL of
 * an abstract, PDF or HTML page, `10.48550/arXiv.` DOIs, inside brackets or before punctuation.
 * Old identifiers lose their subject class (`math.GT/0309136` is `math/0309136`). Nothing is
 * mended: `2407.2680` is an error, since identifiers have five digits since 2015.
 *
 * Source: arXiv's description of its identifier schemes. Time is linear in the text's length.
 *
 * @throws InvalidArxivId with `input` and `reason`.
 */
export function parseArxivId(text: string): ArxivId {
  if (typeof text !== "string") throw new InvalidArxivId(String(text), "it is not a string");
  const trimmed = text.length > 10 * longest ? "" : text.trim();
  if (trimmed.length > longest || text.length > 10 * longest)
    throw new InvalidArxivId(text, "it is longer than an identifier can be");
  if (trimmed === "") throw new InvalidArxivId(text, "it is empty");
  const { name, version } = splitVersion(text, bareName(text, trimmed));
  return { id: canonical(text, name), version };
}

/** Takes away what is written around an identifier. */
function bareName(input: string, trimmed: string): string {
  let name = trimmed.replace(listing, "").replace(opening, "").replace(closing, "");
  const before = name;
  if (site.test(name)) {
    name = name.replace(site, "").replace(/[?#].*$/s, "");
    if (!kind.test(name))
      throw new InvalidArxivId(input, "the address is not of an abstract, a PDF or an HTML page");
    name = decoded(input, name.replace(kind, "").replace(/\/+$/, ""));
  } else name = decodedIfUrl(input, name.replace(doi, ""), before);
  return name.replace(label, "").replace(/\.pdf$/i, "");
}

const decodedIfUrl = (input: string, name: string, before: string) =>
  /^https?:/i.test(before) && name !== before ? decoded(input, name) : name;

function decoded(input: string, name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new InvalidArxivId(input, "its percent encoding is broken");
  }
}

function splitVersion(input: string, name: string): { name: string; version: number | null } {
  const parts = versioned.exec(name);
  if (!parts) return { name, version: null };
  const digits = parts[2]!;
  if (!/^[1-9]\d{0,3}$/.test(digits))
    throw new InvalidArxivId(input, `versions are v1, v2 and so on, not v${digits.slice(0, 10)}`);
  return { name: parts[1]!, version: Number(digits) };
}

function canonical(input: string, name: string): string {
  const recent = modern.exec(name);
  if (recent) return canonicalModern(input, recent[1]!, recent[2]!, recent[3]!);
  const early = old.exec(name);
  if (early) return canonicalOld(input, early[1]!.toLowerCase(), early[2]!, early[3]!, early[4]!);
  throw new InvalidArxivId(input, "it has neither the form 2409.08729 nor the form hep-th/9901001");
}

function canonicalModern(input: string, year: string, month: string, number: string): string {
  checkMonth(input, month);
  const digits = year + month >= "1501" ? 5 : 4;
  if (year + month < "0704")
    throw new InvalidArxivId(input, "identifiers of this form begin with April 2007 (0704)");
  if (number.length !== digits)
    throw new InvalidArxivId(
      input,
      `identifiers of ${year}${month} have ${digits} digits after the point, not ${number.length}`,
    );
  if (Number(number) === 0) throw new InvalidArxivId(input, "numbers in a month begin with 1");
  return `${year}${month}.${number}`;
}

function canonicalOld(
  input: string,
  archive: string,
  year: string,
  month: string,
  number: string,
): string {
  checkMonth(input, month);
  if (!oldArchives.has(archive)) throw new InvalidArxivId(input, `no archive is called ${archive}`);
  const yearMonth = Number(year + month) + (year < "91" ? 10_000 : 0);
  if (yearMonth < 9107 || yearMonth > 10_703)
    throw new InvalidArxivId(input, "identifiers of this form end with March 2007 (0703)");
  if (Number(number) === 0) throw new InvalidArxivId(input, "numbers in a month begin with 1");
  return `${archive}/${year}${month}${number}`;
}

function checkMonth(input: string, month: string): void {
  if (month < "01" || month > "12")
    throw new InvalidArxivId(input, `a month is 01 to 12, not ${month}`);
}
