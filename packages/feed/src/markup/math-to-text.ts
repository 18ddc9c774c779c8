import { checkText } from "../check.ts";
import { subscripts, superscripts, symbols } from "./math-symbols.ts";

/** Groups inside groups beyond this depth stay as TeX. */
const deepest = 20;

/**
 * A formula in plain characters, for where it cannot be set (mail, search, the page's title):
 * `x^2 \le \alpha` is `x² ≤ α`, `\frac{a}{b}` is `a/b`. Names that are not known stay as words.
 */
export function mathToText(tex: string): string {
  checkText("mathToText: tex", tex);
  return new Reader(tex).all(0).replace(/\s+/g, " ").trim();
}

const spaces = new Set([",", ";", ":", " ", "!", "\\"]);
const silent = new Set(["left", "right", "big", "Big", "bigl", "bigr", "displaystyle", "limits"]);

class Reader {
  readonly #tex: string;
  #at = 0;

  constructor(tex: string) {
    this.#tex = tex;
  }

  /** Everything up to the end, or up to the brace that closes the group. */
  all(depth: number): string {
    let out = "";
    while (this.#at < this.#tex.length) {
      if (this.#tex[this.#at] !== "}") out += this.#next(depth);
      else if (depth > 0) break;
      else this.#at++;
    }
    return out;
  }

  #next(depth: number): string {
    const character = this.#tex[this.#at]!;
    if (character === "{") return this.#group(depth);
    this.#at++;
    if (character === "^") return this.#script(depth, superscripts, "^");
    if (character === "_") return this.#script(depth, subscripts, "_");
    if (character === "~") return " ";
    if (character === "-") return "−";
    return character === "\\" ? this.#command(depth) : character;
  }

  #group(depth: number): string {
    if (depth >= deepest) return this.#tex[this.#at++]!;
    this.#at++;
    const content = this.all(depth + 1);
    this.#at++;
    return content;
  }

  /** One argument: a group, a command or a character. */
  #argument(depth: number): string {
    while (this.#tex[this.#at] === " ") this.#at++;
    return this.#at < this.#tex.length && this.#tex[this.#at] !== "}" && depth < deepest
      ? this.#next(depth + 1)
      : "";
  }

  #script(depth: number, raised: ReadonlyMap<string, string>, sign: string): string {
    const content = this.#argument(depth).trim();
    const characters = [...content];
    if (characters.every((character) => raised.has(character))) {
      return characters.map((character) => raised.get(character)).join("");
    }
    return sign + (characters.length > 1 ? `(${content})` : content);
  }

  #command(depth: number): string {
    const name =
      /^(?:[a-zA-Z]{1,30}|.)/su.exec(this.#tex.slice(this.#at, this.#at + 32))?.[0] ?? "";
    this.#at += name.length;
    const symbol = symbols.get(name);
    if (symbol !== undefined) return symbol;
    if (spaces.has(name)) return " ";
    if (silent.has(name)) return "";
    if (name === "|") return "‖";
    if (/^(?:frac|tfrac|dfrac)$/.test(name)) {
      return `${bracketed(this.#argument(depth))}/${bracketed(this.#argument(depth))}`;
    }
    if (name === "sqrt") return `√${bracketed(this.#argument(depth))}`;
    // Fonts, accents and unknown commands: what stands in their braces; functions: their name.
    if (this.#tex[this.#at] === "{") return this.#group(depth);
    return /^[a-zA-Z]/.test(name) ? name : name.replace(/^[^{}%$#&_]$/, "");
  }
}

const bracketed = (text: string) => (/^[\p{L}\p{N}.]*$/u.test(text) ? text : `(${text})`);
