import assert from "node:assert/strict";
import fc from "fast-check";

/** A tag with quoted attributes, as a serialiser writes it; nothing else may look like a tag. */
const tag = /<\/?([a-z0-9]+)((?:\s[a-z0-9-]+(?:="[^"<>]*")?)*)\s?\/?>/gi;

const dangerous =
  /^(?:script|style|iframe|object|embed|form|input|button|base|meta|link|img|image|video|audio|foreignobject|use|animate|set|template|textarea|title|noscript)$/i;

const decoded = (text: string) =>
  text
    .replace(/&#x([0-9a-f]+);?/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);?/g, (_, digits) => String.fromCodePoint(Number(digits)))
    .replace(/&colon;/gi, ":")
    .replace(/&(?:tab|newline);/gi, "")
    .replace(/&amp;/g, "&");

/** Fails if a browser could do anything with the HTML but show it and follow its links. */
export function assertHarmless(html: string, source = html): void {
  const rest = html.replace(tag, (whole, name: string, attributes: string) => {
    assert.ok(!dangerous.test(name), `<${name}> in ${whole} from ${source}`);
    for (const [, key = "", value = ""] of attributes.matchAll(/\s([a-z0-9-]+)(?:="([^"]*)")?/gi)) {
      assert.ok(!/^(?:on|srcdoc|formaction|xlink|src$|id$)/i.test(key), `${key} from ${source}`);
      const plain = decoded(value).replace(/[\p{Cc} ]/gu, "");
      if (key === "href") assert.match(plain, /^(?:https?:\/\/|mailto:|\/(?!\/)|#)/i, source);
      if (key === "style") assert.doesNotMatch(plain, /url|expression|fixed|@|\\|\/\*/i, source);
    }
    return "";
  });
  assert.ok(!rest.includes("<"), `a loose < in ${html} from ${source}`);
  assert.doesNotMatch(html, /(?!\s)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u, source);
}

const pieces = [
  ...["<", ">", '"', "'", "&", "/", "=", " ", "\n", "\t", "\\", "`", "$", "$$", "*", "_", "~", "|"],
  ...[
    "[",
    "](",
    ")",
    "![",
    "]: ",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "\u0000",
    "\u202e",
    ":",
  ],
  ...["script", "<script>", "</script>", "<svg", "<math", "<style>", "<img src=x", "<a href="],
  ...[
    "onerror=",
    "onload=alert(1)",
    "javascript:",
    "data:text/html,",
    "&#106;",
    "&colon;",
    "&Tab;",
  ],
  ...["\\href{", "\\text{", "\\color{", "\\htmlStyle{", "{", "}", "^", "\\frac", "\\begin{matrix}"],
  ...[
    "\\end{matrix}",
    "\\def\\a",
    "url(",
    "expression(",
    "https://example.org/",
    "mailto:a@b",
    "//",
  ],
  ...["x", "1", "word", "```", "> ", "- ", "1. ", "\ud800", "é", "𝔘", "<https://e.org>"],
];

/** Texts of pieces that are dangerous on their own or together, and of any characters. */
export const nasty = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
