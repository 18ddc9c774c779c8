import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../../../scripts/browser/launch-browser.ts";

const serveScript = fileURLToPath(new URL("../serve.ts", import.meta.url));

/** What a start of the server printed, and how it ended if it did. */
export interface Started {
  readonly process: ChildProcess;
  /** Resolves with the address once the server says it, rejects if it ends before. */
  readonly url: Promise<string>;
  /** Everything on standard error so far. */
  errors(): string;
}

/** Starts the server as `npm start` does, with a data folder of its own that goes with it. */
export function startServer(port: number): Started {
  const data = mkdtempSync(join(tmpdir(), "daily-kernel-e2e-"));
  const child = spawn(process.execPath, [serveScript], {
    env: {
      ...process.env,
      PORT: String(port),
      DAILY_KERNEL_DIR: data,
      LOG_LEVEL: "silent",
    },
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
    child.once("exit", () => rmSync(data, { recursive: true, force: true }));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${err}`)));
  });
  return { process: child, url, errors: () => err };
}

/** The production server on a free port and a real browser. */
export class Harness {
  readonly url: string;
  readonly #server: ChildProcess;
  readonly #browser: Browser;

  constructor(url: string, server: ChildProcess, browser: Browser) {
    this.url = url;
    this.#server = server;
    this.#browser = browser;
  }

  static async start(): Promise<Harness> {
    const { process: child, url } = startServer(0);
    return new Harness(await url, child, await launchBrowser());
  }

  /** A fresh page, with all that its console and its scripts complained about. */
  async page(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await this.#browser.newContext({ baseURL: this.url, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(message.text());
    });
    return { page, complaints };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.kill("SIGTERM");
    if (this.#server.exitCode === null) await once(this.#server, "exit");
  }
}
