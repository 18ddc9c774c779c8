import type { Figure } from "@daily-kernel/reproduction";
import { type FigureView, figureView } from "../figure-view.ts";

/** Drawing takes time from the run: each figure is redrawn at most this often, in milliseconds. */
const every = 250;

/** Draws figures as they change, each at most so often, and `flush`es the latest ones at the end. */
export class Redraw {
  readonly #show: (figure: FigureView) => void;
  readonly #drawnAt = new Map<string, number>();
  readonly #waiting = new Map<string, Figure>();

  constructor(show: (figure: FigureView) => void) {
    this.#show = show;
  }

  update(figure: Figure): void {
    this.#waiting.set(figure.id, figure);
    if (performance.now() - (this.#drawnAt.get(figure.id) ?? -every) >= every) this.#draw(figure);
  }

  flush(): void {
    for (const figure of this.#waiting.values()) this.#draw(figure);
  }

  #draw(figure: Figure): void {
    this.#waiting.delete(figure.id);
    this.#show(figureView(figure));
    this.#drawnAt.set(figure.id, performance.now());
  }
}
