import { checkText } from "../check.ts";
import { visibleText } from "../markup/visible-text.ts";
import { accents, declarations, letters, signs, styles } from "./latex-symbols.ts";
import { mathSpans } from "./math-spans.ts";
import { typography } from "./typography.ts";

/** Groups inside groups beyond this depth stay as they are. */
const deepest = 30;

/**
 * The text that the TeX of a title, an abstract or a name stands for: accents and named letters as
 * Unicode (NFC), style commands gone, quotation marks and dashes set, line folds and runs of spaces
 * one space. Mathematics (`$…$`) stays for the renderer, `\(…\)` becomes `$…$` and `\[…\]` `$$…$$`;
 * a dollar sign that opens nothing is a price. Commands that are not known stay to be seen.
 * Control characters and bidirectional overrides are dropped.
 *
 * Linear in the text's length; no input throws but one that is not a string (`TypeError`, `ERR_TYPE`).
 */
export function latexToText(text: string): string {
  checkText("latexToText: text", text);
  const flat = visibleText(text).replace(/\s+/g, " ").trim();
  let out = "";
  for (const { kind, from, to, delimiter } of mathSpans(flat)) {
    const inside = flat.slice(from + delimiter, to - delimiter);
    if (kind === "prose") out += new Prose(inside).text();
    else out += kind === "inline" ? `$${inside.trim()}$` : `$$${inside.trim()}$$`;
  }
  return out.normalize("NFC").trim();
}

/** TeX without mathematics, read once from left to right. */
class Prose {
  readonly #source: string;
  /** For each opening brace where its partner is; -1 where there is none. */
  readonly #partner: Int32Array;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#partner = partners(source);
  }

  text(): string {
    return typography(this.#until(this.#source.length, 0));
  }

  #until(end: number, depth: number): string {
    let out = "";
    while (this.#at < end) {
      const character = this.#source[this.#at]!;
      if (character === "\\") out += this.#command(end, depth);
      else if (character === "{") out += this.#group(depth);
      else {
        out += character;
        this.#at++;
      }
    }
    return out;
  }

  /** A group at the current place: braces that only protect go, others are part of the prose. */
  #group(depth: number): string {
    const close = this.#partner[this.#at]!;
    if (close < 0 || depth >= deepest) return this.#source[this.#at++]!;
    const inside = this.#source.slice(this.#at + 1, Math.min(close, this.#at + 60));
    const bare = /^(?:\\|\{*[\p{L}\p{N} .'-]*\}*$)/u.test(inside);
    const content = this.#braced(depth);
    return bare ? content : `{${content}}`;
  }

  /** What stands between the braces at the current place. */
  #braced(depth: number): string {
    const close = this.#partner[this.#at]!;
    this.#at++;
    const content = this.#until(close, depth + 1);
    this.#at = close + 1;
    return content;
  }

  #command(end: number, depth: number): string {
    const start = this.#at;
    const name = /^\\(?:[a-zA-Z]{1,30}|.)/su
      .exec(this.#source.slice(start, start + 32))?.[0]
      .slice(1);
    if (name === undefined || start + 1 + name.length > end) {
      this.#at++;
      return "\\";
    }
    this.#at = start + 1 + name.length;
    const known = this.#known(name, end, depth);
    if (known !== undefined) return known;
    const argument = this.#argument(depth);
    return argument === undefined ? `\\${name}` : `\\${name}{${argument}}`;
  }

  #known(name: string, end: number, depth: number): string | undefined {
    const accent = accents.get(name);
    if (accent !== undefined) return this.#accented(accent, name, end, depth);
    const letter = letters.get(name);
    if (letter !== undefined) {
      this.#skipEmptyGroupOrSpace(end);
      return letter;
    }
    const sign = signs.get(name);
    if (sign !== undefined) {
      if (name.startsWith("text")) this.#skipEmptyGroupOrSpace(end);
      else if (this.#source.startsWith("{}", this.#at)) this.#at += 2;
      return sign;
    }
    if (styles.has(name)) return this.#argument(depth);
    if (name === "href") return this.#secondArgument(depth);
    if (declarations.has(name)) {
      this.#skipEmptyGroupOrSpace(end);
      return "";
    }
    if (name === " " || name === "," || name === ";" || name === ":" || name === "\\") return " ";
    if (name === "-" || name === "/" || name === "!") return "";
    if (/^[&%$#_{}]$/.test(name)) return name;
    return undefined;
  }

  /** An accent and what it stands on; without something to stand on the command is none. */
  #accented(accent: string, name: string, end: number, depth: number): string | undefined {
    if ((name === "~" || name === "^") && this.#source.startsWith("{}", this.#at)) {
      this.#at += 2;
      return name;
    }
    const before = this.#at;
    if (/[a-zA-Z]/.test(name)) while (this.#source[this.#at] === " " && this.#at < end) this.#at++;
    const base = this.#accentBase(end, depth);
    const first = /^\p{L}\p{M}*/u.exec(base ?? "")?.[0];
    if (base === undefined || first === undefined) {
      this.#at = before;
      return undefined;
    }
    const dotted = first.replace("ı", "i").replace("ȷ", "j");
    return dotted + accent + base.slice(first.length);
  }

  #accentBase(end: number, depth: number): string | undefined {
    if (this.#at >= end) return undefined;
    const character = this.#source[this.#at]!;
    if (character === "{") {
      return this.#partner[this.#at]! < 0 || depth >= deepest ? undefined : this.#braced(depth);
    }
    if (character === "\\") {
      const name = /^\\([ij])(?![a-zA-Z])/.exec(this.#source.slice(this.#at, this.#at + 3))?.[1];
      if (name === undefined) return undefined;
      this.#at += 2;
      this.#skipEmptyGroupOrSpace(end);
      return letters.get(name);
    }
    this.#at += character.length;
    return character;
  }

  #argument(depth: number): string | undefined {
    return this.#source[this.#at] === "{" && this.#partner[this.#at]! >= 0 && depth < deepest
      ? this.#braced(depth)
      : undefined;
  }

  /** Of a link the text alone: where it leads is nobody's to say in a title. */
  #secondArgument(depth: number): string | undefined {
    const close = this.#source[this.#at] === "{" ? this.#partner[this.#at]! : -1;
    if (close < 0 || this.#source[close + 1] !== "{" || this.#partner[close + 1]! < 0)
      return undefined;
    this.#at = close + 1;
    return this.#argument(depth);
  }

  #skipEmptyGroupOrSpace(end: number): void {
    if (this.#source.startsWith("{}", this.#at)) this.#at += 2;
    else if (this.#source[this.#at] === " " && this.#at + 1 < end) this.#at++;
  }
}

function partners(source: string): Int32Array {
  const partner = new Int32Array(source.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "{") open.push(at);
    else if (source[at] === "}") {
      const start = open.pop();
      if (start !== undefined) partner[start] = at;
    }
  }
  return partner;
}
