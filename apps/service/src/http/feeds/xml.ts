/** Content of an element: text, or elements already written. */
export type Content = string | readonly Xml[];

/** XML that has been written, as opposed to text that still has to be escaped. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What XML 1.0 cannot hold in any form: controls, lone surrogates, the two non-characters. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

export const escapeXml = (text: string): string =>
  text.replace(impossible, "\ufffd").replace(/[&<>"']/g, (sign) => entities[sign]!);

/** An element; texts and the values of attributes are escaped, attributes without value left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  content: Content = [],
): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(value!)}"`)
    .join("");
  const inside =
    typeof content === "string" ? escapeXml(content) : content.map(({ text }) => text).join("");
  return new Xml(inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`);
}

export const document = (root: Xml): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${root.text}\n`;
