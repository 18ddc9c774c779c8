import { must } from "../must.ts";

/** Attributes in double quotes without angle brackets, and nothing else: what a serialiser writes. */
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z_][\w:.-]*(?:="[^"<>]*")?)*)\s*\/?>/y;
const attribute = /\s+([a-zA-Z_][\w:.-]*)(?:="([^"<>]*)")?/g;

const forbidden = new Set(
  "script style iframe object embed form input button textarea select option base link meta template noscript foreignobject animate animatetransform set use image img audio video source track frame frameset applet marquee title annotation-xml mglyph malignmark maction canvas portal plaintext xmp listing details dialog slot".split(
    " ",
  ),
);
const forbiddenAttributes =
  /^(on|srcdoc$|formaction$|action$|xlink:|src$|srcset$|background$|poster$|ping$|data|http-equiv$|is$|id$|name$|for$|autofocus$|contenteditable$|tabindex$|target$)/i;

/**
 * Reads HTML by the strictest of grammars and looks at each tag. This is not what made the HTML safe:
 * it shares no code with it.
 * @param allowed names of tags and attributes that are forbidden in prose, and are expected here.
 * @throws Error that names what could run, load, or pass for something of the page's own.
 */
export function checkHtml(html: string, allowed: ReadonlySet<string> = new Set()): void {
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    tag.lastIndex = at;
    const found = tag.exec(html);
    must(found !== null, `it is no tag: ${html.slice(at, at + 120)}`);
    at = tag.lastIndex;
    const name = found[2]!.toLowerCase();
    must(
      !forbidden.has(name) || allowed.has(name),
      `a <${name}> is left: ${found[0].slice(0, 200)}`,
    );
    for (const [, key, value = ""] of found[3]!.matchAll(attribute)) {
      const shown = `${found[0].slice(0, 200)}`;
      must(
        !forbiddenAttributes.test(key!) || allowed.has(key!.toLowerCase()),
        `${key} is left: ${shown}`,
      );
      if (key!.toLowerCase() === "href") must(isHarmless(value), `the address is left: ${shown}`);
      if (key!.toLowerCase() === "style" && !allowed.has("style-values"))
        must(
          !/url|expression|import|fixed|absolute|sticky|[\\@{}]/i.test(value),
          `the style is left: ${shown}`,
        );
    }
  }
}

/** Whether an address leads to the web, to a mail address, or to a place of ours. */
function isHarmless(href: string): boolean {
  const plain = href
    .replace(/&#x([0-9a-f]+);?/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);?/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&amp;", "&")
    // What browsers leave out of an address.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are among it
    .replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g, "");
  return /^(https?:|mailto:|\/(?!\/)|#)/i.test(plain);
}
