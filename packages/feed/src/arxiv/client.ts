import { UpstreamError, UpstreamFormat, UpstreamThrottled } from "./errors.ts";
import { pauseAsked } from "./retry-after.ts";

export interface ArxivUrls {
  readonly oai: string;
  readonly query: string;
  readonly rss: string;
}

/** Where arXiv answers since 2025. */
export const arxivUrls: ArxivUrls = {
  oai: "https://oaipmh.arxiv.org/oai",
  query: "https://export.arxiv.org/api/query",
  rss: "https://rss.arxiv.org/rss",
};

export interface ArxivClientOptions {
  /** Who asks, with an address to write to: `daily-kernel/1.0 (mailto:you@example.org)`. */
  readonly userAgent: string;
  /** Milliseconds between the end of one request and the start of the next. */
  readonly interval?: number;
  readonly baseUrls?: Partial<ArxivUrls>;
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** A clock that never goes back, in milliseconds. */
  readonly clock?: () => number;
  /** How often one request is sent before its error is told. */
  readonly attempts?: number;
  /** The longest pause, in seconds, that a request sits through itself. */
  readonly longestPause?: number;
  /** Milliseconds for one answer, body included. */
  readonly timeout?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What one attempt came to when it has to be made again. */
class TryAgain extends Error {
  readonly seconds: number | null;
  readonly throttled: boolean;

  constructor(message: string, throttled: boolean, seconds: number | null, options?: ErrorOptions) {
    super(message, options);
    this.throttled = throttled;
    this.seconds = seconds;
  }
}

/** A first back-off of five seconds, then twice as long each time. */
const backOff = (attempt: number) => 5 * 2 ** attempt;

/**
 * Asks arXiv by its rules: one request at a time and one in three seconds over all its interfaces,
 * pauses as asked (`Retry-After`, in seconds or as a date), redirects only to arXiv itself, bounded
 * answers. A process has one client.
 */
export class ArxivClient {
  readonly urls: ArxivUrls;
  readonly #options: Required<
    Omit<ArxivClientOptions, "signal" | "baseUrls" | "userAgent"> & { userAgent: string }
  >;
  readonly #signal: AbortSignal | undefined;
  readonly #origins: ReadonlySet<string>;
  #line: Promise<unknown> = Promise.resolve();
  #free = Number.NEGATIVE_INFINITY;

  constructor(options: ArxivClientOptions) {
    if (typeof options?.userAgent !== "string" || options.userAgent.trim() === "")
      throw new TypeError("ArxivClient: userAgent must say who asks");
    this.urls = { ...arxivUrls, ...options.baseUrls };
    this.#origins = new Set(
      [...Object.values(arxivUrls), "https://arxiv.org", ...Object.values(this.urls)].map(
        (url) => new URL(url).origin,
      ),
    );
    this.#signal = options.signal;
    this.#options = {
      userAgent: options.userAgent,
      interval: options.interval ?? 3000,
      fetch: options.fetch ?? globalThis.fetch,
      sleep: options.sleep ?? sleepFor,
      clock: options.clock ?? (() => performance.now()),
      attempts: options.attempts ?? 5,
      longestPause: options.longestPause ?? 300,
      timeout: options.timeout ?? 60_000,
      maxBytes: options.maxBytes ?? 16_000_000,
    };
  }

  /**
   * The text of an answer with status 200, or of a refusal (4xx) in XML.
   * @throws UpstreamThrottled if arXiv asks for a longer pause than fits, or once more after all
   * attempts; UpstreamFormat if the answer is too long or no UTF-8; UpstreamError otherwise; the
   * signal's reason as soon as that aborts, whoever stands before it in the line.
   */
  async get(url: string, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<string> {
    const either = anyOf([this.#signal, signal]);
    const turn = this.#line.then(() => {
      either?.throwIfAborted();
      return this.#persist(url, either);
    });
    this.#line = turn.catch(() => {});
    return either ? unlessAborted(turn, either) : turn;
  }

  async #persist(url: string, signal: AbortSignal | undefined): Promise<string> {
    const { attempts, longestPause, sleep } = this.#options;
    for (let attempt = 0; ; attempt++) {
      try {
        return (await this.#follow(url, signal)).text;
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof TryAgain)) throw error;
        const seconds = error.seconds ?? backOff(attempt);
        if (error.throttled && (seconds > longestPause || attempt + 1 >= attempts))
          throw new UpstreamThrottled(url, seconds);
        if (attempt + 1 >= attempts) {
          throw new UpstreamError(url, `${error.message}, ${attempts} times`, {
            cause: error.cause,
          });
        }
        await sleep(seconds * 1000, signal);
      }
    }
  }

  async #follow(start: string, signal: AbortSignal | undefined): Promise<Answer> {
    let url = start;
    for (let hops = 0; hops <= 3; hops++) {
      if (!this.#origins.has(new URL(url).origin))
        throw new UpstreamError(start, `leads to ${url.slice(0, 200)}, which is not arXiv`);
      const answer = await this.#ask(url, signal);
      const location = answer.headers.get("location");
      if (answer.status < 300 || answer.status > 399 || location === null) {
        return this.#judged(start, answer);
      }
      const next = URL.parse(location, url);
      if (next === null) throw new UpstreamError(start, "redirects to what is no URL");
      url = next.href;
    }
    throw new UpstreamError(start, "redirects more than three times");
  }

  #judged(url: string, answer: Answer): Answer {
    const { status, text } = answer;
    // arXiv has said this with other statuses than 429, and with 200 too.
    const throttled = status === 429 || status === 503 || /^\s*rate exceeded/i.test(text);
    if (throttled) throw new TryAgain("asked for a pause", true, pauseAsked(answer.headers));
    if (status >= 500) throw new TryAgain(`answered ${status}`, false, null);
    // A refusal that is told in the interface's own format is for who reads that format.
    const told = status >= 400 && /^\s*<(?:\?xml|feed|OAI-PMH)\b/.test(text);
    if (status !== 200 && !told) throw new UpstreamError(url, `answered ${status}`);
    return answer;
  }

  async #ask(url: string, signal: AbortSignal | undefined): Promise<Answer> {
    const { clock, interval, sleep, timeout, userAgent } = this.#options;
    const wait = this.#free - clock();
    if (wait > 0) await sleep(wait, signal);
    signal?.throwIfAborted();
    const timer = new AbortController();
    const alarm = setTimeout(() => timer.abort(new Error(`no answer in ${timeout} ms`)), timeout);
    try {
      const response = await this.#options.fetch(url, {
        redirect: "manual",
        headers: { "user-agent": userAgent },
        signal: anyOf([signal, timer.signal])!,
      });
      const text = await this.#read(url, response);
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof UpstreamError) throw error;
      const reason = timer.signal.aborted ? `no answer in ${timeout} ms` : "the connection failed";
      throw new TryAgain(reason, false, null, { cause: error });
    } finally {
      clearTimeout(alarm);
      this.#free = clock() + interval;
    }
  }

  async #read(url: string, response: Response): Promise<string> {
    const { maxBytes } = this.#options;
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let text = "";
    let size = 0;
    for await (const chunk of response.body ?? []) {
      if (size + chunk.length > maxBytes)
        throw new UpstreamFormat(url, maxBytes, `is longer than ${maxBytes} bytes`);
      text += decoded(url, size, () => decoder.decode(chunk, { stream: true }));
      size += chunk.length;
    }
    return text + decoded(url, size, () => decoder.decode());
  }
}

function decoded(url: string, offset: number, decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new UpstreamFormat(url, offset, "is not UTF-8 from somewhere after");
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

const anyOf = (signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined => {
  const there = signals.filter((signal) => signal !== undefined);
  return there.length > 1 ? AbortSignal.any(there) : there[0];
};

const sleepFor = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
