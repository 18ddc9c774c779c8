import sanitizeHtml from "sanitize-html";

const length = [/^-?\d*\.?\d+(?:em|ex|px|%)?$/];
const word = [/^[a-z-]+$/];
const colour = [/^#[0-9a-f]{3,8}$/i, /^[a-z]+$/i];

/** The properties that KaTeX sets on its boxes, and values that can do nothing but move them. */
const boxes = {
  ...Object.fromEntries(
    [
      ...[
        "height",
        "width",
        "min-width",
        "top",
        "left",
        "bottom",
        "vertical-align",
        "padding-left",
      ],
      ...["margin", "margin-left", "margin-right", "margin-top", "margin-bottom", "font-size"],
      ...["border-bottom-width", "border-top-width", "border-right-width", "border-width"],
    ].map((property) => [property, length]),
  ),
  position: [/^relative$/],
  "border-style": word,
  "border-right-style": word,
  color: colour,
  "background-color": colour,
  "border-color": colour,
};

const mathml = {
  math: ["xmlns", "display"],
  annotation: ["encoding"],
  mo: [
    ...["stretchy", "fence", "separator", "symmetric", "movablelimits", "largeop", "accent"],
    ...["lspace", "rspace", "minsize", "maxsize", "mathvariant", "linebreak"],
  ],
  mi: ["mathvariant"],
  mn: ["mathvariant"],
  mtext: ["mathvariant"],
  mstyle: ["mathcolor", "displaystyle", "scriptlevel", "mathsize", "mathbackground", "mathvariant"],
  mspace: ["width", "height", "linebreak"],
  mpadded: ["width", "height", "depth", "voffset", "lspace"],
  mtable: [
    ...["rowspacing", "columnspacing", "columnalign", "columnlines", "rowlines", "width"],
    ...["displaystyle", "scriptlevel"],
  ],
  mtd: ["columnalign"],
  menclose: ["notation"],
  mover: ["accent"],
  munder: ["accentunder"],
  mfrac: ["linethickness"],
} satisfies Record<string, string[]>;

/**
 * HTML of which nothing is left but prose, mathematics as KaTeX writes it, and links to the web and
 * to mail addresses, for which the writer gets no credit from search engines.
 */
export const sanitise = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: [
      ...["p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"],
      ...["table", "thead", "tbody", "tr", "th", "td", "span", "svg", "path", "line"],
      ...["semantics", "mrow", "msup", "msub", "msubsup", "msqrt", "mroot", "munderover", "mtr"],
      ...["mphantom", "merror", ...Object.keys(mathml)],
    ],
    allowedAttributes: {
      ...mathml,
      a: ["href", "title", "rel"],
      ol: ["start"],
      th: ["style"],
      td: ["style"],
      span: ["class", "style", "aria-hidden", "title"],
      svg: ["xmlns", "width", "height", "viewbox", "preserveaspectratio", "style"],
      path: ["d"],
      line: ["x1", "x2", "y1", "y2", "stroke-width"],
    },
    allowedClasses: { code: ["language-*"], span: ["*"] },
    allowedStyles: {
      span: boxes,
      svg: boxes,
      th: { "text-align": word },
      td: { "text-align": word },
    },
    allowedSchemes: ["http", "https", "mailto"],
    allowProtocolRelative: false,
    transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "nofollow ugc noopener" }) },
  });
