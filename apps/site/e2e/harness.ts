import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { openSmtpSink, type Taken } from "@daily-kernel/feed/testing";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { launchBrowser } from "../../../scripts/browser/launch-browser.ts";
import { type Site, serve } from "../serve.ts";

const serveScript = fileURLToPath(new URL("../serve.ts", import.meta.url));

/** What a start of the server printed, and how it ended if it did. */
export interface Started {
  readonly process: ChildProcess;
  /** Resolves with the address once the server says it, rejects if it ends before. */
  readonly url: Promise<string>;
  /** Everything on standard error so far. */
  errors(): string;
}

/** Starts the server as `npm start` does. */
export function startServer(port: number, directory: string): Started {
  const child = spawn(process.execPath, [serveScript], {
    env: { ...process.env, PORT: String(port), DAILY_KERNEL_DIR: directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (data) => {
      out += data;
      const address = /at (http:\S+)/.exec(out)?.[1];
      if (address) resolve(address);
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${err}`)));
  });
  return { process: child, url, errors: () => err };
}

/** Asks again until it is so; rejects after a time that only a failure takes. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`it did not become so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** A mail's headers, a line each, and its text. */
async function wordsOf({ raw }: Taken): Promise<string> {
  const { headers, text = "" } = await PostalMime.parse(raw);
  return `${headers.map(({ key, value }) => `${key}: ${value}`).join("\n")}\n\n${text}`;
}

/**
 * The production server with a data directory of its own, a mail server on the loopback address
 * that takes what it sends, and a real browser.
 */
export class Harness {
  readonly site: Site;
  readonly mails: Taken[];
  readonly directory: string;
  readonly #browser: Browser;
  readonly #closeSink: () => Promise<void>;

  private constructor(parts: {
    site: Site;
    mails: Taken[];
    directory: string;
    browser: Browser;
    closeSink: () => Promise<void>;
  }) {
    this.site = parts.site;
    this.mails = parts.mails;
    this.directory = parts.directory;
    this.#browser = parts.browser;
    this.#closeSink = parts.closeSink;
  }

  get url(): string {
    return this.site.url;
  }

  static async start(env: NodeJS.ProcessEnv = {}): Promise<Harness> {
    const directory = mkdtempSync(join(tmpdir(), "daily-kernel-e2e-"));
    const mails: Taken[] = [];
    const sink = await openSmtpSink({ taken: (mail) => mails.push(mail) });
    const [site, browser] = await Promise.all([
      serve({
        ...process.env,
        PORT: "0",
        DAILY_KERNEL_DIR: directory,
        SMTP_URL: sink.url,
        EMBEDDER: "lsa",
        // All tests come from one address.
        LIMIT_FACTOR: "1000",
        LOG_LEVEL: "error",
        ...env,
      }),
      launchBrowser(),
    ]);
    return new Harness({ site, mails, directory, browser, closeSink: sink.close });
  }

  /** A fresh page, with all that its console and its scripts complained about. */
  async page(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await this.#browser.newContext({ baseURL: this.url, ...options });
    // Long enough for a busy machine, short enough to tell what failed.
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(message.text());
    });
    return { page, complaints };
  }

  /** The next mail to an address, after those that came before. */
  async mailTo(address: string, seen = 0): Promise<string> {
    const mail = () => this.mails.filter(({ to }) => to === address)[seen];
    await until(() => mail() !== undefined);
    return wordsOf(mail()!);
  }

  /** Signs in as a reader does: asks for a link, reads the mail, presses the button. */
  async signIn(page: Page, email: string, next = "/"): Promise<void> {
    const before = this.mails.filter(({ to }) => to === email).length;
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel("Mail address").fill(email);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    const link = linkIn(await this.mailTo(email, before), "/sign-in/link");
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in/link");
    // A new reader is shown the new account first.
    if (page.url() !== new URL(next, this.url).href) await page.goto(next);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    const { server, service } = this.site;
    service.end();
    server.close();
    server.closeAllConnections();
    await service.close();
    await this.#closeSink();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The address of a page in a mail. */
export function linkIn(mail: string, path: string): string {
  const link = mail
    .match(/https?:\/\/[^\s<>"]+/g)
    ?.find((url) => new URL(url).pathname.startsWith(path));
  if (!link) throw new Error(`no link to ${path} in the mail:\n${mail}`);
  return link;
}

/** What axe finds on the page that is open: what breaks WCAG 2.2 A or AA, or these rules alone. */
export async function findings(page: Page, rules?: string[]): Promise<string[]> {
  // Without frames the page needs no second one beside it, and only violations are written out.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  if (rules) axe.withRules(rules);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes[0]?.html}`,
  );
}
