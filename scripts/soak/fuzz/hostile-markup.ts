import fc from "fast-check";
import { anyText } from "./texts.ts";

/**
 * What an attacker writes into a comment, a title or a name. Whatever of it would run calls `canary`;
 * pictures and the like would ask for an address at `canary.invalid`.
 */
const payloads = [
  "<script>canary(1)</script>",
  '<script src="https://canary.invalid/x.js"></script>',
  "<scr<script>ipt>canary(2)</scr</script>ipt>",
  "<img src=x onerror=canary(3)>",
  '<img src="https://canary.invalid/p.png">',
  "<svg/onload=canary(4)>",
  "<svg><script>canary(5)</script></svg>",
  '<svg><a xlink:href="javascript:canary(6)"><text>x</text></a></svg>',
  "<svg><animate onbegin=canary(7) attributeName=x dur=1s>",
  "<svg><foreignObject><img src=x onerror=canary(8)></foreignObject></svg>",
  '<math><annotation-xml encoding="text/html"><img src=x onerror=canary(9)></annotation-xml></math>',
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=canary(10)&gt;'>",
  '<math href="javascript:canary(11)">x</math>',
  "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=canary(12)>",
  '<noscript><p title="</noscript><img src=x onerror=canary(13)>">',
  "<template><img src=x onerror=canary(14)></template>",
  "<style>@import 'https://canary.invalid/s.css'; *{background:url(https://canary.invalid/b)}</style>",
  "<!--><img src=x onerror=canary(15)>-->",
  "<![CDATA[><img src=x onerror=canary(16)>]]>",
  "<?xml-stylesheet href='javascript:canary(17)'?>",
  '<iframe srcdoc="<script>parent.canary(18)</script>"></iframe>',
  '<object data="javascript:canary(19)"></object><embed src="javascript:canary(20)">',
  '<a href="javascript:canary(21)">x</a>',
  '<a href="jav&#x09;ascript:canary(22)">x</a>',
  '<a href="\u0001javascript:canary(23)" onclick="canary(24)" onmouseover=canary(25)>x</a>',
  "<details open ontoggle=canary(26)><summary>x</summary></details>",
  "<input autofocus onfocus=canary(27)><button formaction=javascript:canary(28)>x</button>",
  "<body onload=canary(29)><base href='https://canary.invalid/'>",
  '<meta http-equiv="refresh" content="0;url=https://canary.invalid/">',
  '<p style="background:url(https://canary.invalid/c);position:fixed;inset:0" onanimationstart=canary(30)>x</p>',
  '<a id="canary" name="canary" href="#x">x</a><form id=document><input name=cookie></form>',
  "[x](javascript:canary(31))",
  "[x](JaVaScRiPt:canary(32))",
  "[x](java\nscript:canary(33))",
  "[x](&#106;avascript:canary(34))",
  "[x](javascript&colon;canary(35))",
  "[x](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==)",
  "[x](vbscript:canary(36))",
  '[x](https://example.org "onmouseover=canary(37) \\" onclick=canary(38)")',
  '[x](https://example.org/"onmouseover="canary(39))',
  "![x](https://canary.invalid/i.png)",
  "![x](javascript:canary(40))",
  '![x" onerror="canary(41)](x)',
  "<javascript:canary(42)>",
  "[a]: javascript:canary(43)\n\n[a]",
  "[a]: <https://example.org/\"onclick=canary(44)//> 'x'\n\n[a]",
  '```html" onclick=canary(45)\n<img src=x onerror=canary(46)>\n```',
  "| a |\n|:-:|\n| <img src=x onerror=canary(47)> |",
  "$\\href{javascript:canary(48)}{x}$",
  "$\\url{javascript:canary(49)}$",
  "$\\htmlData{onclick=canary(50)}{x}$",
  "$\\htmlStyle{background:url(https://canary.invalid/h)}{x}$",
  '$\\htmlClass{x" onclick="canary(51)}{x}$',
  "$\\includegraphics{https://canary.invalid/g.png}$",
  "$\\text{<img src=x onerror=canary(52)>}$",
  "$</annotation></semantics></math><img src=x onerror=canary(53)>$",
  "$\\unicode{x3c}img src=x onerror=canary(54)\\unicode{x3e}$",
  '$\\color{red" onclick="canary(55)}x$',
  "$\\def\\x{\\x\\x}\\x$",
  "$\\rule{1000em}{1000em}$",
  "$$\\begin{matrix} <b onclick=canary(56)> & x \\\\ y \\end{matrix}$$",
  "$\\verb|<img src=x onerror=canary(57)>|$",
  "$\\char`\\<script\\char`\\>$",
  "&lt;img src=x onerror=canary(58)&gt; &amp;lt;script&amp;gt;",
  "\u003cimg src=x onerror=canary(59)\u003e \ufe64script\ufe65 \uff1cscript\uff1ecanary(60)\uff1c/script\uff1e",
  "https://example.org/<img/src=x/onerror=canary(61)>",
  'www.example.org"onmouseover=canary(62)// a@b.c"onclick=canary(63)',
  "</p></div></article></main></body><script>canary(64)</script>",
  "</script><script>canary(65)</script><script>",
  "{@html '<img src=x onerror=canary(66)>'} {canary(67)} \u0024{canary(68)}",
  "<a href=`javascript:canary(69)`>x</a>",
  "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>canary(70)</x:script>",
];

/** Marks of Markdown, TeX and HTML, of which much can be put together. */
const marks = [
  ..."*_`~#>-+|![]()<>\"'&;:/\\$^{}=\n\t ".split(""),
  ...[
    "**",
    "__",
    "~~",
    "```",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\n\n",
    "\n    ",
    "\n> ",
    "\n- ",
    "\n1. ",
  ],
  ...["&lt;", "&#60;", "&quot;", "&#x27;", "&NewLine;", "&Tab;", "<!--", "-->", "<![CDATA[", "]]>"],
  ...[
    "javascript:",
    "data:",
    "https://example.org",
    "mailto:a@b.c",
    " onclick=",
    "canary()",
    "src=",
  ],
  ...[
    "\\frac{1}{2}",
    "\\sqrt",
    "\\begin{align}",
    "\\end{align}",
    "\\left(",
    "\\right.",
    "x^2",
    "\\text{",
    "}",
  ],
];

const payload = fc.constantFrom(...payloads);
const mark = fc.constantFrom(...marks);
const pieces = fc.oneof(
  { arbitrary: payload, weight: 3 },
  { arbitrary: mark, weight: 6 },
  { arbitrary: anyText, weight: 1 },
  { arbitrary: fc.constantFrom("some words", "kernel", "a"), weight: 2 },
);

/** One payload as it is, or with something put into it or around it. */
const bent = fc
  .tuple(payload, fc.nat(), fc.oneof(mark, anyText), mark, mark)
  .map(([text, at, piece, before, after]) => {
    const cut = at % (text.length + 1);
    return before + text.slice(0, cut) + piece + text.slice(cut) + after;
  });

export const hostileMarkup: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: payload, weight: 1 },
  { arbitrary: bent, weight: 4 },
  { arbitrary: fc.array(pieces, { maxLength: 14 }).map((all) => all.join("")), weight: 5 },
  { arbitrary: fc.array(pieces, { maxLength: 6 }).map((all) => `$${all.join("")}$`), weight: 2 },
);
