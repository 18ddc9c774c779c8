import type { Probe } from "@daily-kernel/forge";

/** A back end that does not run may be installed meanwhile: it is asked again after so many milliseconds. */
const askAgainAfter = 300_000;

/** Which of some back ends run on this machine, and why others do not. */
export interface BackEndsHere {
  readonly able: readonly string[];
  readonly missing: Readonly<Record<string, string>>;
}

/** As `daily-kernel forge doctor` finds it out, without `--unsafe`. */
async function probe(id: string): Promise<Probe> {
  const { backendById } = await import("@daily-kernel/forge/node");
  return backendById(id).probe();
}

/** Remembers what was asked: probing starts compilers. */
export class BackEnds {
  readonly #probe: (id: string) => Promise<Probe>;
  readonly #now: () => Date;
  readonly #known = new Map<string, { readonly found: Probe; readonly at: number }>();

  constructor(now: () => Date, probeBackend = probe) {
    this.#now = now;
    this.#probe = probeBackend;
  }

  /** All that was asked so far, in the order of `wanted` before others. */
  async look(wanted: readonly string[]): Promise<BackEndsHere> {
    for (const id of wanted) {
      const known = this.#known.get(id);
      const at = this.#now().getTime();
      if (known && (known.found.available || at - known.at < askAgainAfter)) continue;
      const found = await this.#probe(id).catch(
        (error: Error): Probe => ({ available: false, reason: error.message }),
      );
      this.#known.set(id, { found, at });
    }
    const able: string[] = [];
    const missing: Record<string, string> = {};
    for (const id of new Set([...wanted, ...this.#known.keys()])) {
      const { found } = this.#known.get(id)!;
      if (found.available) able.push(id);
      else missing[id] = found.remedy ? `${found.reason}; ${found.remedy}` : found.reason;
    }
    return { able, missing };
  }
}
