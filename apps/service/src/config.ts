import { join, resolve } from "node:path";

/** How a service runs. Everything comes from the environment, and everything has a default. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The address that readers, mails and passkeys use, without a slash at its end. */
  readonly baseUrl: string;
  /** The host in `BASE_URL`, which pages then believe in place of what a request says. */
  readonly ownHost: string | null;
  /** How many proxies of our own stand in front, whose `X-Forwarded-*` headers are believed. */
  readonly trustProxy: number;
  /** Requests are limited to so many times the usual numbers. */
  readonly limitFactor: number;
  readonly dataDirectory: string;
  /** A Postgres server in place of the embedded database. */
  readonly databaseUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly dkim: Dkim | null;
  /** Where bounces and `mailto:` unsubscriptions come in, if they do. */
  readonly bounces: { readonly port: number; readonly domain: string | null } | null;
  /** Whose account is a moderator's. */
  readonly adminEmail: string | null;
  readonly logLevel: LogLevel;
  /** The model behind search by meaning; see `openEmbedder`. */
  readonly embedder: string;
  /** arXiv categories to harvest every day; none means that nothing is fetched. */
  readonly ingest: readonly string[];
  /** In place of arXiv's own addresses: a mirror with the same paths. */
  readonly arxivUrl: string | null;
  /** Reproductions that this process measures at once; 0 leaves them to `daily-kernel worker`. */
  readonly workers: number;
  readonly runLimits: RunLimits;
}

interface Dkim {
  readonly domain: string;
  readonly selector: string;
  /** The private key's file, PEM. */
  readonly keyFile: string;
}

/** What a reproduction on the server may take. */
export interface RunLimits {
  /** Runs that a reader may ask for in 24 hours, and have waiting or running. */
  readonly perDay: number;
  readonly atOnce: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** The environment asks for something that cannot be; the message has a line for each variable. */
export class ConfigError extends Error {
  readonly code = "ERR_CONFIG";
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the variables one by one and remembers what is wrong with any. */
class Reader {
  readonly problems: string[] = [];
  readonly #env: Env;
  constructor(env: Env) {
    this.#env = env;
  }

  text(name: string): string | null {
    return this.#env[name]?.trim() || null;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    return this.#wrong(name, `must be an integer from ${min} to ${max}`, text, fallback);
  }

  choice<T extends string>(name: string, fallback: T, choices: readonly T[]): T {
    const text = this.text(name);
    if (text === null) return fallback;
    const found = choices.find((choice) => choice === text);
    return found ?? this.#wrong(name, `must be one of ${choices.join(", ")}`, text, fallback);
  }

  /** An address with one of these schemes; the password that it may hold is not repeated. */
  url(name: string, schemes: readonly string[]): string | null {
    const text = this.text(name);
    if (text === null) return null;
    const scheme = /^(\w+):\/\/./.exec(text)?.[1];
    // An address of Postgres may lack a host, which `URL` does not read.
    if (scheme?.startsWith("postgres") || URL.canParse(text)) {
      if (schemes.includes(scheme ?? "")) return text;
    }
    return this.#wrong(name, `must be an address that starts with ${schemes.join(":// or ")}://`);
  }

  email(name: string): string | null {
    const text = this.text(name);
    if (text === null || /^[^\s@<>]+@[^\s@<>]+$/.test(text)) return text?.toLowerCase() ?? null;
    return this.#wrong(name, "must be a mail address", text, null);
  }

  list(name: string, pattern: RegExp, what: string): string[] {
    const parts = (this.text(name) ?? "").split(/[\s,]+/).filter(Boolean);
    const bad = parts.find((part) => !pattern.test(part));
    return bad === undefined ? parts : this.#wrong(name, `must be ${what}`, bad, []);
  }

  fail(name: string, must: string): void {
    this.problems.push(`${name} ${must}`);
  }

  #wrong<T>(name: string, must: string, got?: string, fallback: T | null = null): T {
    this.problems.push(`${name} ${must}${got === undefined ? "" : `, got ${got}`}`);
    return fallback as T;
  }
}

/**
 * Reads the configuration. `listening` is the port that was bound, where one is.
 * @throws ConfigError with a line for each variable that cannot be.
 */
export function readConfig(
  env: Env,
  { root, listening }: { root: string; listening?: number },
): Config {
  const read = new Reader(env);
  const port = read.integer("PORT", 3000, 0, 65535);
  const given = read.url("BASE_URL", ["http", "https"]);
  const baseUrl = given ?? `http://localhost:${listening ?? port}`;
  const { hostname, pathname, search } = new URL(baseUrl);
  if (pathname !== "/" || search) read.fail("BASE_URL", "must have no path");
  const config: Config = {
    port,
    host: read.text("HOST") ?? "localhost",
    baseUrl: new URL(baseUrl).origin,
    ownHost: given === null ? null : new URL(given).host,
    trustProxy: read.integer("TRUST_PROXY", 0, 0, 10),
    limitFactor: read.integer("LIMIT_FACTOR", 1, 1, 1_000_000),
    dataDirectory: resolve(root, read.text("DAILY_KERNEL_DIR") ?? join(root, ".daily-kernel")),
    databaseUrl: read.url("DATABASE_URL", ["postgres", "postgresql"]),
    smtpUrl: read.url("SMTP_URL", ["smtp", "smtps"]),
    mailFrom: read.text("MAIL_FROM") ?? `Daily Kernel <digest@${hostname}>`,
    dkim: readDkim(read, root),
    bounces: readBounces(read),
    adminEmail: read.email("ADMIN_EMAIL"),
    logLevel: read.choice("LOG_LEVEL", "info", logLevels),
    embedder: read.text("EMBEDDER") ?? "lsa",
    ingest: read.list(
      "INGEST",
      /^[a-z-]+(\.[A-Za-z-]{2,})?$/,
      "arXiv categories with commas between, such as cs.LG,stat.ML",
    ),
    arxivUrl: read.url("ARXIV_URL", ["http", "https"]),
    workers: read.integer("WORKERS", 1, 0, 64),
    runLimits: {
      perDay: read.integer("RUNS_PER_DAY", 3, 0, 1000),
      atOnce: read.integer("RUNS_AT_ONCE", 1, 1, 100),
      seconds: read.integer("RUN_SECONDS", 1800, 10, 86_400),
      megabytes: read.integer("RUN_MEGABYTES", 4096, 256, 1_048_576),
    },
  };
  if (read.problems.length) throw new ConfigError(read.problems.join("\n"));
  return config;
}

function readBounces(read: Reader): Config["bounces"] {
  const port = read.integer("BOUNCE_PORT", 0, 0, 65535);
  const domain = read.text("BOUNCE_DOMAIN");
  if (domain !== null && !/^[\w-]+(\.[\w-]+)*$/.test(domain))
    read.fail("BOUNCE_DOMAIN", `must be a domain name, got ${domain}`);
  return port || domain ? { port, domain } : null;
}

function readDkim(read: Reader, root: string): Dkim | null {
  const [domain, selector, key] = ["DKIM_DOMAIN", "DKIM_SELECTOR", "DKIM_KEY_FILE"].map((name) =>
    read.text(name),
  );
  if (domain && selector && key) return { domain, selector, keyFile: resolve(root, key) };
  if (domain || selector || key)
    read.fail("DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE", "go together: set all or none");
  return null;
}
