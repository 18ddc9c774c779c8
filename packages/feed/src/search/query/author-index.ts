import { words } from "../text/words.ts";

/** A name's words, and which of them is the family name. */
interface Name {
  readonly words: readonly string[];
  readonly family: string;
}

const suffix = /^(?:jr|sr|ii|iii|iv)$/;
/** Words of a query that are no part of a name. */
const ignored = /^(?:jr|sr|ii|iii|iv|et|al)$/;

/** `Yann LeCun`, `LeCun, Yann` and `Martin Luther King, Jr.` have their family names in the end. */
function readName(name: string): Name | undefined {
  const [first = "", ...rest] = name.split(",");
  const given = words(rest.join(" ")).filter((word) => !suffix.test(word));
  const leading = words(first).filter((word, i) => i === 0 || !suffix.test(word));
  const family = leading.at(-1);
  return family === undefined ? undefined : { words: [...given, ...leading], family };
}

/** Who wrote what, by family name. */
export class AuthorIndex {
  #names = new Map<number, Name[]>();
  readonly #slots = new Map<string, Set<number>>();

  put(slot: number, authors: readonly string[]): void {
    this.#enter(
      slot,
      authors.flatMap((author) => readName(author) ?? []),
    );
  }

  #enter(slot: number, names: Name[]): void {
    this.#names.set(slot, names);
    for (const { family } of names) {
      const slots = this.#slots.get(family);
      if (slots) slots.add(slot);
      else this.#slots.set(family, new Set([slot]));
    }
  }

  remove(slot: number): void {
    for (const { family } of this.#names.get(slot) ?? []) {
      const slots = this.#slots.get(family);
      slots?.delete(slot);
      if (slots?.size === 0) this.#slots.delete(family);
    }
    this.#names.delete(slot);
  }

  /** Papers have moved to other slots: the old slot of every new one, all that are left. */
  move(old: readonly number[]): void {
    const before = this.#names;
    this.#names = new Map();
    this.#slots.clear();
    old.forEach((from, slot) => {
      this.#enter(slot, before.get(from)!);
    });
  }

  /**
   * Slots of papers with an author of this name: the family name in full, every other word in full
   * or as an initial, in any order (`y lecun`, `van der Maaten`, `Hinton`). `Jr.`, `III` and
   * `et al.` behind it do not matter.
   */
  find(typed: readonly string[]): number[] {
    const name = typed.filter((word, i) => i === 0 || !ignored.test(word));
    const found = new Set<number>();
    for (const family of new Set(name)) {
      for (const slot of this.#slots.get(family) ?? []) {
        const matches = this.#names
          .get(slot)!
          .some((author) => author.family === family && agree(name, author));
        if (matches) found.add(slot);
      }
    }
    return [...found];
  }
}

/** Whether every word asked for stands for another word of the name. */
function agree(asked: readonly string[], { words: given }: Name): boolean {
  const left = [...given];
  // Full words first, so that an initial does not take the word that a full one needs.
  return asked
    .toSorted((a, b) => b.length - a.length)
    .every((word) => {
      const full = left.indexOf(word);
      const at = full >= 0 ? full : left.findIndex((other) => isInitial(word, other));
      if (at < 0) return false;
      left.splice(at, 1);
      return true;
    });
}

const isInitial = (a: string, b: string) =>
  (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b));
