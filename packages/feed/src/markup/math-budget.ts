import { escapeHtml } from "../mail/escape-html.ts";
import { renderMath } from "./render-math.ts";

/** Most formulas, and characters of TeX, that are set in one text, and in one page of texts. */
const most = {
  text: { formulas: 150, characters: 3000 },
  page: { formulas: 1000, characters: 12_000 },
} as const;

/**
 * Sets formulas as long as there are no more than people have a use for; of the others the source is
 * shown. A formula becomes a hundred times as much HTML, and whoever opens the page waits for it.
 */
export class MathBudget {
  #formulas: number;
  #characters: number;
  readonly #page: MathBudget | undefined;

  constructor(of: keyof typeof most, page?: MathBudget) {
    ({ formulas: this.#formulas, characters: this.#characters } = most[of]);
    this.#page = page;
  }

  render(tex: string, { display }: { display: boolean }): string {
    return this.#spend(tex.length)
      ? renderMath(tex, { display })
      : `<code>${escapeHtml(tex)}</code>`;
  }

  #spend(characters: number): boolean {
    if (this.#formulas < 1 || this.#characters < characters) return false;
    if (this.#page && !this.#page.#spend(characters)) return false;
    this.#formulas--;
    this.#characters -= characters;
    return true;
  }
}
