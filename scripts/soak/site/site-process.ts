import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const serve = join(import.meta.dirname, "../../../apps/site/serve.ts");
const cli = join(import.meta.dirname, "../../../apps/cli/src/main.ts");

/** A program of the service's that runs, and what it complained about. */
export class ServiceProcess {
  readonly child: ChildProcess;
  readonly directory: string;
  /** Lines of standard error. */
  readonly complaints: string[] = [];
  readonly #out = Promise.withResolvers<string>();

  constructor(program: readonly string[], directory: string, ready: RegExp, env: object) {
    this.directory = directory;
    this.child = spawn(process.execPath, [...program], {
      env: { ...ownEnvironment(), DAILY_KERNEL_DIR: directory, LOG_LEVEL: "warn", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const watch = (line: string) => {
      const found = ready.exec(line);
      if (found) this.#out.resolve(found[1] ?? "");
      return found !== null;
    };
    createInterface({ input: this.child.stdout! }).on("line", watch);
    createInterface({ input: this.child.stderr! }).on("line", (line) => {
      if (!watch(line) && !expected.test(line)) this.complaints.push(line);
    });
    this.child.once("exit", (code, signal) =>
      this.#out.reject(new Error(`it ended with ${signal ?? code}: ${this.complaints.join("\n")}`)),
    );
    this.#out.promise.catch(() => {});
    // Not left behind if we end in the middle.
    const end = () => this.child.kill("SIGKILL");
    process.once("exit", end);
    this.child.once("exit", () => process.off("exit", end));
  }

  /** What its ready line told. */
  get ready(): Promise<string> {
    return this.#out.promise;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks it to end; the exit code, or the signal that ended it. */
  async stop(): Promise<number | string | null> {
    if (this.alive) {
      this.child.kill("SIGTERM");
      await once(this.child, "exit");
    }
    return this.child.signalCode ?? this.child.exitCode;
  }
}

/** What the programs say when they end as asked. */
const expected = /no more runs are taken/;

/** The production server, as `npm start` runs it, on a free port of the loopback address. */
export const startSite = (directory: string, env: object = {}): ServiceProcess =>
  new ServiceProcess([serve], directory, /at (http:\S+)/, { PORT: "0", ...env });

/** `daily-kernel worker`. */
export const startWorker = (directory: string, env: object): ServiceProcess =>
  new ServiceProcess([cli, "worker"], directory, /(waits for runs)/, env);

/** Ours without the service's settings, so that what is tested is what the tests set. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const settings =
    /^(PORT|HOST|BASE_URL|TRUST_PROXY|LIMIT_FACTOR|DATABASE_URL|ADMIN_EMAIL|SMTP_URL|MAIL_FROM|DKIM_.*|BOUNCE_.*|INGEST|ARXIV_URL|EMBEDDER|WORKERS|RUNS?_.*|NODE_OPTIONS)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}
