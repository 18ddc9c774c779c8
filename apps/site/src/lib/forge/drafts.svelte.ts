/** What a reader has written for a task in a language. */
export interface Draft {
  readonly source: string;
  readonly grid: string;
}

const prefix = "forge-draft:";
/** Kernels that are kept; the one that was left alone the longest gives way. */
const most = 20;

/**
 * Kernels that readers write, kept in their browser: who signs in on the way, by a link that a mail
 * opens in another tab, finds his source again. Nothing is kept that is as the page gave it.
 */
export class Drafts {
  #known = $state<Readonly<Record<string, Draft>>>({});

  /** Reads what an earlier visit left; in the browser, once the page is there. */
  load(): void {
    const found: Record<string, Draft> = {};
    for (const key of keys()) {
      const draft = read(key);
      if (draft) found[key.slice(prefix.length)] = draft;
    }
    this.#known = found;
  }

  of(task: string, language: string): Draft | undefined {
    return this.#known[`${language}:${task}`];
  }

  keep(task: string, language: string, draft: Draft): void {
    const name = `${language}:${task}`;
    this.#known = { ...this.#known, [name]: draft };
    try {
      for (const key of keys().slice(0, -most)) localStorage.removeItem(key);
      localStorage.setItem(prefix + name, JSON.stringify({ ...draft, at: Date.now() }));
    } catch {
      // A browser that stores nothing still lets him write.
    }
  }

  drop(task: string, language: string): void {
    const name = `${language}:${task}`;
    const { [name]: _dropped, ...rest } = this.#known;
    this.#known = rest;
    try {
      localStorage.removeItem(prefix + name);
    } catch {
      // Nothing was stored there.
    }
  }
}

/** Keys of all drafts, the oldest first. */
function keys(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => (read(a)?.at ?? 0) - (read(b)?.at ?? 0));
  } catch {
    return [];
  }
}

function read(key: string): (Draft & { readonly at: number }) | undefined {
  try {
    const { source, grid, at } = JSON.parse(localStorage.getItem(key) ?? "");
    return typeof source === "string" && typeof grid === "string"
      ? { source, grid, at: Number(at) }
      : undefined;
  } catch {
    return undefined;
  }
}
