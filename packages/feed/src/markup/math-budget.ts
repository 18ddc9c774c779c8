import { escapeHtml } from "../mail/escape-html.ts";
import { renderMath } from "./render-math.ts";

/** Most formulas, and characters of TeX, that are set in one text. */
const most = { formulas: 150, characters: 3000 } as const;

/**
 * Sets the formulas of one text as long as there are no more than a text of that length has any use
 * for; of the others the source is shown. A formula becomes a hundred times as much HTML, and
 * whoever opens the page waits for it.
 */
export class MathBudget {
  #formulas: number = most.formulas;
  #characters: number = most.characters;

  render(tex: string, { display }: { display: boolean }): string {
    this.#formulas--;
    this.#characters -= tex.length;
    return this.#formulas < 0 || this.#characters < 0
      ? `<code>${escapeHtml(tex)}</code>`
      : renderMath(tex, { display });
  }
}
