import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { listOutbox } from "@daily-kernel/feed/node";
import type { Client, Reply } from "./client.ts";

/** A browser without a screen: an address of its own, and cookies. */
export class Visitor {
  readonly client: Client;
  readonly address: string;
  readonly #cookies = new Map<string, string>();

  constructor(client: Client, address: string) {
    this.client = client;
    this.address = address;
  }

  async ask(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Reply> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      "x-forwarded-for": this.address,
      accept: "text/html",
      ...(cookie !== "" && { cookie }),
      ...options.headers,
    };
    const reply = await this.client.ask({ path, ...options, headers });
    for (const line of reply.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === "") this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
    return reply;
  }

  /** Sends a form of a page of ours. */
  post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    return this.ask(path, {
      method: "POST",
      headers: {
        origin: this.client.url,
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }
}

/** The token of the forms on a page. @throws Error if there is none. */
export function formTokenIn({ body, status }: Reply): string {
  const field = /<input[^>]*name="csrf"[^>]*value="([^"]+)"/.exec(body);
  if (!field) throw new Error(`no form on the page (${status})`);
  return field[1]!;
}

/** Signs in as a reader does: asks for a link, opens the mail in the outbox, presses the button. */
export async function signIn(
  visitor: Visitor,
  { email, directory }: { email: string; directory: string },
): Promise<void> {
  const page = await visitor.ask("/sign-in");
  expectStatus(await visitor.post("/sign-in", { email, next: "/", csrf: formTokenIn(page) }), 200);
  const token = await tokenInMail(join(directory, "outbox"), email);
  const linked = await visitor.ask(`/sign-in/link?token=${encodeURIComponent(token)}`);
  const form = { token, next: "/", csrf: formTokenIn(linked) };
  expectStatus(await visitor.post("/sign-in/link", form), 303);
}

/** Makes a token for the API on the account page. */
export async function makeApiToken(visitor: Visitor): Promise<string> {
  const page = await visitor.ask("/account");
  const made = await visitor.post("/account?/token", { label: "soak", csrf: formTokenIn(page) });
  const token = /\bdk_[\w-]{20,}/.exec(made.body)?.[0];
  if (!token) throw new Error(`the account page shows no token (${made.status})`);
  return token;
}

async function tokenInMail(outbox: string, email: string): Promise<string> {
  for (let left = 500; left > 0; left--) {
    const mail = (await listOutbox(outbox, 5)).find(({ to }) => to === email);
    const token = /\/sign-in\/link\?\S*?token=([\w%-]+)/.exec(mail?.text ?? "")?.[1];
    if (token) return decodeURIComponent(token);
    await pause(20);
  }
  throw new Error(`no mail came to ${email}`);
}

function expectStatus(reply: Reply, status: number): void {
  if (reply.status !== status) {
    const told = reply.body.slice(0, 300);
    throw new Error(`signing in: expected ${status}, got ${reply.status}: ${told}`);
  }
}
