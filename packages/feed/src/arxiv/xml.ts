import { XMLParser, XMLValidator } from "fast-xml-parser";
import { UpstreamFormat } from "./errors.ts";

/** An element: its text under `#text`, attributes under `@name`, children under their local names. */
export interface Element {
  readonly [name: string]: Node | readonly Node[] | undefined;
}
type Node = string | Element;

/** Deeper than any reply of arXiv's. */
const deepest = 20;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
});

/**
 * Reads a well-formed document and gives its root's children under their names. Entities are the
 * five of XML and character references; a document type declaration is refused, wherever it stands,
 * and with it every external entity and every entity that grows.
 * @throws UpstreamFormat with the byte offset of the fault; offset 0 where the place is not known.
 */
export function parseXml(text: string, url: string): Element {
  refuseDeclarations(text, url);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col, msg } = valid.err;
    throw new UpstreamFormat(url, bytes(text, placeOf(text, line, col)), faultOf(msg));
  }
  try {
    return parser.parse(withoutSections(text)) as Element;
  } catch (error) {
    throw new UpstreamFormat(url, 0, `is not read as XML (${(error as Error).message})`);
  }
}

/** CDATA sections as the text that they stand for, so that all text is read alike. */
const withoutSections = (text: string) =>
  text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inside?: string) =>
    (inside ?? "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );

const faultOf = (message: string) => `is no well-formed XML: ${message.slice(0, 200)}`;

/** `<!` may begin a comment or a CDATA section and nothing else; both have to end. */
function refuseDeclarations(text: string, url: string): void {
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at)) {
    const end = text.startsWith("<!--", at)
      ? text.indexOf("-->", at + 4)
      : text.startsWith("<![CDATA[", at)
        ? text.indexOf("]]>", at + 9)
        : -2;
    if (end === -2) throw new UpstreamFormat(url, bytes(text, at), "has a declaration <!");
    if (end === -1) throw new UpstreamFormat(url, bytes(text, at), "has a section without an end");
    at = end + 3;
  }
}

function placeOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) start = text.indexOf("\n", start) + 1;
  return Math.min(text.length, start + Math.max(0, (column || 1) - 1));
}

const bytes = (text: string, characters: number) =>
  new TextEncoder().encode(text.slice(0, characters)).length;

const isElement = (node: Node | readonly Node[] | undefined): node is Element =>
  typeof node === "object" && !Array.isArray(node);

const list = (node: Node | readonly Node[] | undefined): readonly Node[] =>
  node === undefined ? [] : Array.isArray(node) ? node : [node as Node];

/** The elements of a name; one that holds text alone is an element as well. */
export const children = (parent: Element, name: string): Element[] =>
  list(own(parent, name)).map((node) => (isElement(node) ? node : { "#text": node }));

/** The first element of a name. */
export const child = (parent: Element, name: string): Element | undefined =>
  children(parent, name)[0];

/** The text of the first element of a name, entities read, ends trimmed; "" where there is none. */
export function textOf(parent: Element, name: string): string {
  const element = child(parent, name);
  return element ? ownText(element) : "";
}

/** The text of an element. */
export function ownText(element: Element): string {
  const text = own(element, "#text");
  return typeof text === "string" ? decodeEntities(text).trim() : "";
}

/** An attribute's value; "" where there is none. */
export function attribute(element: Element, name: string): string {
  const value = own(element, `@${name}`);
  return typeof value === "string" ? decodeEntities(value).trim() : "";
}

const own = (element: Element, name: string) =>
  Object.hasOwn(element, name) ? element[name] : undefined;

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Reads each reference once: what comes out of one is never read again. */
const decodeEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(
        /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,8})|([a-z]{2,4}));/g,
        (all, decimal?: string, hex?: string, name?: string) =>
          name !== undefined
            ? (named[name] ?? all)
            : fromCode(decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)),
      )
    : text;

const fromCode = (code: number) =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0
    ? "\ufffd"
    : String.fromCodePoint(code);
