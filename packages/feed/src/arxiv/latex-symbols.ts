import { symbols } from "../markup/math-symbols.ts";

/** The combining character that each of TeX's accent commands sets on a letter. */
export const accents: ReadonlyMap<string, string> = new Map([
  ["'", "\u0301"],
  ["`", "\u0300"],
  ["^", "\u0302"],
  ['"', "\u0308"],
  ["~", "\u0303"],
  ["=", "\u0304"],
  [".", "\u0307"],
  ["u", "\u0306"],
  ["v", "\u030c"],
  ["H", "\u030b"],
  ["c", "\u0327"],
  ["d", "\u0323"],
  ["b", "\u0331"],
  ["r", "\u030a"],
  ["k", "\u0328"],
  ["t", "\u0361"],
  ["h", "\u0309"],
]);

/** Letters with a name of their own; TeX swallows the space after them. */
export const letters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    o: "ø",
    O: "Ø",
    l: "ł",
    L: "Ł",
    ss: "ß",
    SS: "ẞ",
    ae: "æ",
    AE: "Æ",
    oe: "œ",
    OE: "Œ",
    aa: "å",
    AA: "Å",
    i: "ı",
    j: "ȷ",
    dh: "ð",
    DH: "Ð",
    th: "þ",
    TH: "Þ",
    dj: "đ",
    DJ: "Đ",
    ng: "ŋ",
    NG: "Ŋ",
  }),
);

/** Signs that titles and abstracts name outside of mathematics, those of mathematics among them. */
export const signs: ReadonlyMap<string, string> = new Map([
  ...symbols,
  ...Object.entries({
    textendash: "–",
    textemdash: "—",
    textellipsis: "…",
    textquoteleft: "‘",
    textquoteright: "’",
    textquotedblleft: "“",
    textquotedblright: "”",
    textasciitilde: "~",
    textasciicircum: "^",
    textbackslash: "\\",
    textunderscore: "_",
    textdegree: "°",
    textmu: "µ",
    guillemotleft: "«",
    guillemotright: "»",
    quotedblbase: "„",
    degree: "°",
    textregistered: "®",
    texttrademark: "™",
    copyright: "©",
    textcopyright: "©",
    pounds: "£",
    texteuro: "€",
    euro: "€",
    S: "§",
    P: "¶",
    TeX: "TeX",
    LaTeX: "LaTeX",
    BibTeX: "BibTeX",
    slash: "/",
    newline: " ",
    par: " ",
    // A degree, where there is no formula for it to stand in.
    circ: "°",
  }),
]);

/** Commands of one argument that only change how the argument looks. */
export const styles: ReadonlySet<string> = new Set(
  `emph textit textbf textsl textsc texttt textrm textsf textmd textup textnormal text mbox hbox
   underline uline enquote ensuremath url mathrm textsuperscript textsubscript`.split(/\s+/),
);

/** Declarations that change how the rest of a group looks. */
export const declarations: ReadonlySet<string> = new Set(
  `em it bf sl sc tt rm sf itshape bfseries slshape scshape ttfamily rmfamily sffamily normalfont
   small large tiny centering noindent protect relax`.split(/\s+/),
);
