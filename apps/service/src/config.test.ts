import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigError, readConfig } from "./config.ts";

const root = "/srv/daily-kernel";

test("with nothing set everything has a default, and nothing leaves the machine", () => {
  const config = readConfig({}, { root });
  assert.equal(config.baseUrl, "http://localhost:3000");
  assert.equal(config.host, "localhost");
  assert.equal(config.dataDirectory, "/srv/daily-kernel/.daily-kernel");
  assert.equal(config.databaseUrl, null);
  assert.equal(config.smtpUrl, null);
  assert.equal(config.trustProxy, 0);
  assert.deepEqual(config.ingest, []);
  assert.equal(config.bounces, null);
});

test("the port that was bound is the one in the address, unless BASE_URL says another", () => {
  assert.equal(
    readConfig({ PORT: "0" }, { root, listening: 4321 }).baseUrl,
    "http://localhost:4321",
  );
  const config = readConfig({ BASE_URL: "https://papers.example.org/" }, { root, listening: 1 });
  assert.equal(config.baseUrl, "https://papers.example.org");
  assert.equal(config.ownHost, "papers.example.org");
  assert.match(config.mailFrom, /<digest@papers\.example\.org>$/);
});

test("empty variables count as not set", () => {
  const empty = { PORT: "", DATABASE_URL: "", SMTP_URL: " ", INGEST: "", ADMIN_EMAIL: "" };
  assert.deepEqual(readConfig(empty, { root }), readConfig({}, { root }));
});

test("all that is wrong is said at once, a line each, and passwords are not repeated", () => {
  const env = {
    PORT: "70000",
    TRUST_PROXY: "yes",
    DATABASE_URL: "mysql://user:hunter2@localhost/papers",
    SMTP_URL: "mail.example.org",
    BASE_URL: "https://example.org/papers",
    ADMIN_EMAIL: "nobody",
    LOG_LEVEL: "loud",
    INGEST: "cs.LG,Machine Learning",
    DKIM_DOMAIN: "example.org",
    WORKERS: "-1",
    BOUNCE_DOMAIN: "not a domain",
  };
  assert.throws(
    () => readConfig(env, { root }),
    (error: Error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.code, "ERR_CONFIG");
      for (const name of Object.keys(env)) assert.match(error.message, new RegExp(`^${name}`, "m"));
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});

test("categories, limits and DKIM are read", () => {
  const config = readConfig(
    {
      INGEST: "cs.LG, stat.ML hep-th",
      RUNS_PER_DAY: "0",
      DKIM_DOMAIN: "example.org",
      DKIM_SELECTOR: "dk",
      DKIM_KEY_FILE: "key.pem",
    },
    { root },
  );
  assert.deepEqual(config.ingest, ["cs.LG", "stat.ML", "hep-th"]);
  assert.equal(config.runLimits.perDay, 0);
  assert.deepEqual(config.dkim, {
    domain: "example.org",
    selector: "dk",
    keyFile: "/srv/daily-kernel/key.pem",
  });
});
