import { must } from "../must.ts";
import type { Client, Reply } from "../site/client.ts";
import type { Random } from "../site/random.ts";
import { formTokenIn, makeApiToken, signIn, Visitor } from "../site/sign-in.ts";
import type { AccountBook } from "./account-book.ts";
import { addressOf } from "./readers.ts";

/** Times one request: its kind, and how to make it. */
export type Timed = (kind: string, ask: () => Promise<Reply>) => Promise<Reply>;

/** Somebody with an account, who votes and comments: on the pages, or by the API with a token. */
export class Writer {
  readonly number: number;
  /** Does one thing at a time, so that its order is known. */
  busy = false;
  readonly #visitor: Visitor;
  readonly #token: string | null;
  readonly #book: AccountBook;
  readonly #random: Random;
  readonly #papers: readonly string[];

  private constructor(parts: WriterParts & { visitor: Visitor; token: string | null }) {
    this.number = parts.number;
    this.#visitor = parts.visitor;
    this.#token = parts.token;
    this.#book = parts.book;
    this.#random = parts.random;
    this.#papers = parts.papers;
  }

  /** Signs up by a link in a mail; every second one makes a token for the API and uses that. */
  static async signUp(
    parts: WriterParts,
    { client, directory }: { client: Client; directory: string },
  ): Promise<Writer> {
    const visitor = new Visitor(client, addressOf(100_000 + parts.number));
    await signIn(visitor, { email: `writer-${parts.number}@example.net`, directory });
    const token = parts.number % 2 === 0 ? null : await makeApiToken(visitor);
    return new Writer({ ...parts, visitor, token });
  }

  /** Does the next thing; throws if the answer is another than it should be. */
  async act(timed: Timed): Promise<void> {
    const share = this.#random.below(10);
    const own = [...this.#book.comments].filter(
      ([, { writer, deleted }]) => writer === this.number && !deleted,
    );
    const paperId = this.#random.of(this.#papers);
    if (share < 6) return this.#vote(timed, paperId);
    if (share < 8 || own.length === 0) return this.#comment(timed, paperId);
    const [id, { paperId: on }] = this.#random.of(own);
    return share < 9 ? this.#edit(timed, on, id) : this.#delete(timed, on, id);
  }

  /** Asks for a reproduction on the server. Its id. */
  async requestRun(slug: string): Promise<string> {
    const body = { preset: "quick", seed: this.number + 1 };
    const reply = await this.#api("POST", `/api/papers/${slug}/runs`, body);
    return (parsed(reply, 202) as { id: string }).id;
  }

  get usesApi(): boolean {
    return this.#token !== null;
  }

  async #vote(timed: Timed, paperId: string): Promise<void> {
    const voted = !this.#book.votes.get(paperId)?.has(this.number);
    if (this.#token) {
      const method = voted ? "POST" : "DELETE";
      const path = `/api/papers/${paperId}/upvote`;
      const told = parsed(await timed("vote", () => this.#api(method, path)), 200);
      must((told as { upvoted: boolean }).upvoted === voted, "the vote is not as asked");
    } else {
      const page = await timed("page, signed in", () => this.#visitor.ask(`/papers/${paperId}`));
      const form = { vote: voted ? "1" : "0", csrf: formTokenIn(page) };
      const action = /<form[^>]*action="([^"]+\/vote)"/.exec(page.body)?.[1];
      must(action !== undefined, "the page has no form to vote with");
      const asJson = { accept: "application/json" };
      const sent = () => this.#visitor.post(action, form, asJson);
      const told = parsed(await timed("vote", sent), 200);
      must((told as { voted: boolean }).voted === voted, "the vote is not as asked");
    }
    this.#book.vote(paperId, this.number, voted);
  }

  async #comment(timed: Timed, paperId: string): Promise<void> {
    const body = this.#words();
    const id = this.#token
      ? (
          parsed(
            await timed("comment", () =>
              this.#api("POST", `/api/papers/${paperId}/comments`, { body }),
            ),
            201,
          ) as { id: string }
        ).id
      : await this.#form(timed, paperId, "comment", { body });
    this.#book.comments.set(id, { paperId, writer: this.number, body, deleted: false });
  }

  async #edit(timed: Timed, paperId: string, id: string): Promise<void> {
    const body = this.#words();
    const path = `/api/papers/${paperId}/comments/${id}`;
    if (this.#token) parsed(await timed("comment", () => this.#api("PATCH", path, { body })), 200);
    else await this.#form(timed, paperId, "edit", { comment: id, body });
    this.#book.comments.set(id, { paperId, writer: this.number, body, deleted: false });
  }

  async #delete(timed: Timed, paperId: string, id: string): Promise<void> {
    const path = `/api/papers/${paperId}/comments/${id}`;
    if (this.#token) parsed(await timed("comment", () => this.#api("DELETE", path)), 200);
    else await this.#form(timed, paperId, "delete", { comment: id });
    const comment = this.#book.comments.get(id)!;
    this.#book.comments.set(id, { ...comment, deleted: true });
  }

  /** A form of the discussion; the id of the comment that the page then leads to. */
  async #form(
    timed: Timed,
    paperId: string,
    action: string,
    fields: Record<string, string>,
  ): Promise<string> {
    const page = await timed("page, signed in", () => this.#visitor.ask(`/papers/${paperId}`));
    const form = { ...fields, csrf: formTokenIn(page) };
    const sent = () => this.#visitor.post(`/papers/${paperId}?/${action}`, form);
    const reply = await timed("comment", sent);
    must(reply.status === 303, `${action} answered ${reply.status}`);
    return /#comment-([0-9a-f]+)$/.exec(reply.headers.location ?? "")?.[1] ?? "";
  }

  #api(method: string, path: string, body?: object): Promise<Reply> {
    return this.#visitor.ask(path, {
      method,
      headers: {
        accept: "application/json",
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  #words(): string {
    const n = this.#random.below(1000);
    return `Does $n \\to ${n}$ *matter* here? See [this](https://example.org/${n}).\n\n- one\n- $x_{${n}}^2$`;
  }
}

export interface WriterParts {
  readonly number: number;
  readonly book: AccountBook;
  readonly random: Random;
  readonly papers: readonly string[];
}

function parsed(reply: Reply, status: number): unknown {
  must(
    reply.status === status,
    `expected ${status}, got ${reply.status}: ${reply.body.slice(0, 200)}`,
  );
  return JSON.parse(reply.body);
}
