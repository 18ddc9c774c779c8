import { mathSpans } from "../arxiv/math-spans.ts";
import { combining, doubleStruck, subscripts, superscripts, symbols } from "./unicode-symbols.ts";

/**
 * Prose whose `$...$` mathematics is put into plain characters, as far as Unicode goes: `$x_i^2$` is
 * xᵢ², `$O(n \log n)$` is O(n log n). For mail, where no renderer of mathematics lives.
 */
export function mathToUnicode(text: string): string {
  let out = "";
  for (const { kind, from, to, delimiter } of mathSpans(text)) {
    const inside = text.slice(from + delimiter, to - delimiter);
    out += kind === "prose" ? inside : new Reader(inside).read();
  }
  return out;
}

/** Groups deeper than this are given up as they stand. */
const deepest = 20;

class Reader {
  readonly #source: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source.match(/\\[A-Za-z]+|\\.|\s+|[^\\\s]/gsu) ?? [];
  }

  read(depth = 0): string {
    let out = "";
    while (this.#at < this.#source.length) {
      if (depth > 0 && this.#source[this.#at] === "}") break;
      out += this.#atom(depth);
    }
    return out.replace(/ +/g, " ").trim();
  }

  #atom(depth: number): string {
    const token = this.#source[this.#at++];
    if (token === undefined) return "";
    if (token === "{") return this.#group(depth);
    if (token === "^") return script(this.#argument(depth), superscripts, "^");
    if (token === "_") return script(this.#argument(depth), subscripts, "_");
    if (token === "-") return "−";
    if (token === "~" || /^\s/.test(token)) return " ";
    if (token === "}" || token === "$" || token === "&") return "";
    return token.startsWith("\\") ? this.#command(token.slice(1), depth) : token;
  }

  #group(depth: number): string {
    if (depth >= deepest) return "";
    const inside = this.read(depth + 1);
    this.#at++;
    return inside;
  }

  #argument(depth: number): string {
    while (/^\s/.test(this.#source[this.#at] ?? "")) this.#at++;
    return depth >= deepest ? "" : this.#atom(depth + 1);
  }

  #command(name: string, depth: number): string {
    if (/^[,;:! ]$|^quad$|^qquad$/.test(name)) return name === "!" ? "" : " ";
    if (/^d?t?frac$/.test(name)) {
      return `${fence(this.#argument(depth))}/${fence(this.#argument(depth))}`;
    }
    if (name === "sqrt") return `√${fence(this.#argument(depth))}`;
    if (name === "mathbb") {
      return [...this.#argument(depth)]
        .map((letter) => doubleStruck.get(letter) ?? letter)
        .join("");
    }
    const accent = combining.get(name);
    if (accent !== undefined) return this.#argument(depth).replace(/./su, `$&${accent}`);
    if (
      /^(left|right|[bB]igg?[lr]?|displaystyle|textstyle|limits|nolimits|rm|bf|it|cal)$/.test(name)
    ) {
      return "";
    }
    if (/^(math|text|operatorname|boldsymbol|bm$|mbox$|emph$)/.test(name)) {
      return this.#argument(depth);
    }
    if (name === "\\") return " ";
    if (name === "|") return "‖";
    const symbol = symbols.get(name);
    if (symbol !== undefined)
      return /^[=<>≤≥≠≈∼≃∝∈→⇒⇔↦±×≪≫≲≳]$/u.test(symbol) ? ` ${symbol} ` : symbol;
    // A function's name (\log) or a command that we do not know; a sign (\%) is itself.
    return /^[A-Za-z]/.test(name) ? `${name} ` : name;
  }
}

/** Small characters where there are some for the whole, else the sign and the whole. */
function script(text: string, small: ReadonlyMap<string, string>, sign: string): string {
  const plain = text.replaceAll("−", "-").trim();
  const set = [...plain].map((character) => small.get(character));
  if (set.every((character) => character !== undefined)) return set.join("");
  return sign + fence(text);
}

/** Parentheses around what would otherwise come apart. */
const fence = (text: string): string => {
  const trimmed = text.trim();
  return /^([\p{L}\p{M}\d.]*|.)$/su.test(trimmed) ? trimmed : `(${trimmed})`;
};
