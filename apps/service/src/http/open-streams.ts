import { FeedError } from "@daily-kernel/feed";
import { ipPrefix } from "@daily-kernel/feed/node";

/** How many a network may hold open. Each costs a socket for as long as a run takes. */
const most = 20;

/** Counts the event streams that flow, by the network they flow to. */
export class OpenStreams {
  readonly #open = new Map<string, number>();

  /**
   * Counts one more; it ends with the signal.
   * @throws FeedError (ERR_LIMIT) if the network has too many.
   */
  take(address: string, signal: AbortSignal): void {
    const network = ipPrefix(address);
    const open = this.#open.get(network) ?? 0;
    if (open >= most)
      throw new FeedError("ERR_LIMIT", `${most} event streams are open already: close one first`);
    if (signal.aborted) return;
    this.#open.set(network, open + 1);
    signal.addEventListener(
      "abort",
      () => {
        const left = this.#open.get(network)! - 1;
        if (left === 0) this.#open.delete(network);
        else this.#open.set(network, left);
      },
      { once: true },
    );
  }

  /** How many flow. */
  get size(): number {
    return this.#open.values().reduce((sum, open) => sum + open, 0);
  }
}
