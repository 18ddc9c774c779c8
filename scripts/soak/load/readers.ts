import type { Reply } from "../site/client.ts";
import type { Random } from "../site/random.ts";
import { searchWords } from "../site/synthetic-papers.ts";

/** Something that a reader asks for. */
export interface Reading {
  readonly kind: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What was wrong with the answer, if anything. */
  check(reply: Reply): string | null;
}

const html = (path: string, kind = "page"): Omit<Reading, "headers"> => ({
  kind,
  path,
  check: ({ status, headers, body }) =>
    status === 200 && /^text\/html/.test(headers["content-type"] ?? "") && body.includes("</html>")
      ? null
      : `${path} answered ${status}`,
});

const json = (path: string, kind: string, good: (value: unknown) => boolean) => ({
  kind,
  path,
  check: ({ status, body }: Reply) =>
    status === 200 && good(JSON.parse(body)) ? null : `${path} answered ${status}`,
});

const plain = (path: string, kind: string, pattern: RegExp) => ({
  kind,
  path,
  check: ({ status, body }: Reply) =>
    status === 200 && pattern.test(body) ? null : `${path} answered ${status}`,
});

const list = (value: unknown) => Array.isArray(value);
const object = (value: unknown) => typeof value === "object" && value !== null;

/** The mix of what readers ask for, over these papers, and rooms in which papers run. */
export class Readers {
  readonly #papers: readonly string[];
  readonly #rooms: readonly string[];
  readonly #random: Random;
  readonly #day: string;
  /** The version that was last seen of an address. */
  readonly #etags = new Map<string, string>();
  readonly #addresses: number;

  constructor(options: {
    papers: readonly string[];
    rooms: readonly string[];
    random: Random;
    now: Date;
    addresses: number;
  }) {
    this.#papers = options.papers;
    this.#rooms = options.rooms;
    this.#random = options.random;
    this.#day = options.now.toISOString().slice(0, 10);
    this.#addresses = options.addresses;
  }

  /** The next reader's wish. */
  next(): Reading {
    const [reading, revalidates] = this.#wish();
    const headers = {
      // The range for benchmarks (RFC 2544): as many networks as readers.
      "x-forwarded-for": addressOf(this.#random.below(this.#addresses)),
      accept: reading.kind.startsWith("page") ? "text/html" : "*/*",
      ...(this.#random.below(2) === 0 && { "accept-encoding": "gzip" }),
    };
    return revalidates ? this.#revalidation(reading, headers) : { ...reading, headers };
  }

  #wish(): [Omit<Reading, "headers">, boolean] {
    const random = this.#random;
    const share = random.below(100);
    if (share < 8) return [html("/"), false];
    if (share < 12) return [html(`/papers/date/${this.#day}`), false];
    if (share < 15) return [html("/papers/trending"), false];
    if (share < 31) return [html(`/papers/${this.#paper()}`, "page of a paper"), false];
    if (share < 33) return [html("/ledger"), false];
    if (share < 41) return [html(`/search?q=${this.#query()}`, "page of a search"), false];
    if (share < 42) return [this.#shareImage(), false];
    if (share < 49) {
      const path = `/api/papers/search?q=${this.#query()}&limit=20`;
      return [json(path, "API: search", list), false];
    }
    if (share < 53)
      return [json(`/api/papers/${this.#paper()}/similar`, "API: similar", list), false];
    if (share < 67) return [this.#api(), false];
    if (share < 75) return [this.#feed(), false];
    return [random.below(2) === 0 ? this.#api() : this.#feed(), true];
  }

  /** Some papers are asked for more than others, as the inverse of their rank. */
  #paper(): string {
    const { length } = this.#papers;
    return this.#papers[Math.floor(length ** this.#random.next()) - 1]!;
  }

  #query(): string {
    const words = Array.from({ length: 1 + this.#random.below(3) }, () =>
      this.#random.of(searchWords),
    );
    return encodeURIComponent(words.join(" "));
  }

  #api(): Omit<Reading, "headers"> {
    const random = this.#random;
    const paper = this.#paper();
    return random.of([
      () => json(`/api/daily_papers?limit=50&p=${random.below(3)}`, "API", list),
      () => json(`/api/daily_papers?date=${this.#day}`, "API", list),
      () => json("/api/daily_papers?sort=trending&limit=20", "API", list),
      () => json(`/api/papers/${paper}`, "API", object),
      () => json(`/api/papers/${paper}/comments`, "API", list),
      () => json(`/api/papers/${random.of(this.#rooms)}/reproduction`, "API", object),
      () => json("/api/papers?limit=50", "API", list),
      () => plain(`/papers/${paper}.md`, "API", /^# /m),
    ])();
  }

  #feed(): Omit<Reading, "headers"> {
    return this.#random.of([
      () => plain("/feed.atom", "feed", /<\/feed>\s*$/),
      () => plain("/rss.xml", "feed", /<\/rss>\s*$/),
      () => json("/feed.json", "feed", object),
      () => plain("/feed.atom?tag=cs.LG", "feed", /<\/feed>\s*$/),
    ])();
  }

  #shareImage(): Omit<Reading, "headers"> {
    const path = `/papers/${this.#paper()}/share.png`;
    return {
      kind: "share image",
      path,
      check: ({ status, headers }) =>
        status === 200 && headers["content-type"] === "image/png" ? null : `${path}: ${status}`,
    };
  }

  /** Asks again for what was seen before: 304, or another version in whole. */
  #revalidation(reading: Omit<Reading, "headers">, headers: Record<string, string>): Reading {
    const etag = this.#etags.get(reading.path);
    return {
      kind: etag ? "revalidation" : reading.kind,
      path: reading.path,
      headers: { ...headers, ...(etag && { "if-none-match": etag }) },
      check: (reply) => {
        if (etag && reply.status === 304) return reply.body === "" ? null : "a 304 with a body";
        const now = reply.headers.etag;
        if (!now) return `${reading.path} has no ETag (${reply.status})`;
        if (now === etag) return `${reading.path} was sent again though it has not changed`;
        this.#etags.set(reading.path, now);
        return reading.check(reply);
      },
    };
  }
}

/** An address in 198.18.0.0/15. */
export const addressOf = (n: number): string =>
  `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
