import { runWords } from "#lib/run-words.ts";

/** Follows runs on the server that wait or go on: `[data-run]`, its bar and its words. */
export function followRuns(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-run]")) {
    const state = element.dataset.state;
    if (state === "queued" || state === "running") follow(element);
  }
}

interface View {
  readonly state: string;
  readonly progress: number;
  readonly doing: string;
  readonly error: string | null;
}

function follow(element: HTMLElement): void {
  const source = new EventSource(`/runs/${element.dataset.run}/events`);
  const bar = element.querySelector("progress");
  const words = element.querySelector("[data-words]");
  source.addEventListener("run", ({ data }) => {
    const view = JSON.parse(data as string) as View;
    if (bar) bar.value = view.progress;
    // A run that was asked to stop is "cancelling", as the page says, until it has.
    const ended = view.state !== "queued" && view.state !== "running";
    if (words && (ended || !element.hasAttribute("data-cancelling")))
      words.textContent = runWords(view);
    if (ended) {
      source.close();
      // The record is in the ledger now, and the page shows it.
      if (view.state === "done") location.reload();
    }
  });
}
