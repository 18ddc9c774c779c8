import assert from "node:assert/strict";
import { notFoundError } from "@daily-kernel/feed";
import {
  type Account,
  createApiToken,
  type Database,
  limits,
  RateLimiter,
} from "@daily-kernel/feed/node";
import { testDatabase } from "@daily-kernel/feed/testing";
import type { z } from "@hono/zod-openapi";
import { noMetrics } from "../../testing/fixture.ts";
import { type Api, createApi } from "../api.ts";
import type { ApiService } from "../api-service.ts";
import { assemble } from "../assemble.ts";
import { escapeOldId } from "../old-ids.ts";
import { OpenStreams } from "../open-streams.ts";
import { RouteTable } from "../route-table.ts";
import { addAccount } from "./accounts.ts";
import { TestRuns } from "./test-runs.ts";

/** A Friday. */
export const friday = new Date("2024-09-13T10:00:00Z");

export const baseUrl = "https://papers.example.org";

export interface TestApi extends AsyncDisposable {
  readonly api: Api;
  readonly service: ApiService;
  readonly database: Database;
  /** What the service did beside answering. */
  readonly errors: unknown[];
  /** Asks, and checks the reply against its description. */
  ask(path: string, options?: AskOptions): Promise<Reply>;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly token?: string;
  readonly address?: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely, its schema was checked
  readonly json: any;
}

/** The API over an empty database, or one that is given and stays open, at a time that stands still unless it is set. */
export async function testApi(parts: Partial<ApiService> = {}): Promise<TestApi> {
  const database = parts.database ?? (await testDatabase());
  const errors: unknown[] = [];
  const many = Object.fromEntries(
    Object.keys(limits).map((name) => [name, { limit: 1_000_000, seconds: 300 }]),
  ) as unknown as typeof limits;
  const service: ApiService = {
    config: { baseUrl },
    database,
    db: database.db,
    search: { query: async () => ({ hits: [] }), similar: async () => [] },
    log: { error: (...words: unknown[]) => void errors.push(words) },
    mailer: { send: async () => ({ response: "250" }) },
    runs: new TestRuns(),
    indexPaper: async (id) => {
      throw notFoundError(`arXiv has no ${id}`);
    },
    metrics: noMetrics(),
    streams: new OpenStreams(),
    limiter: new RateLimiter(many),
    now: () => friday,
    ...parts,
  };
  const api = createApi(service);
  const described = describe(service);
  return {
    api,
    service,
    database,
    errors,
    async ask(path, options = {}) {
      const request = requestOf(path, options);
      const response = await api.fetch(request, { address: options.address ?? "192.0.2.1" });
      const text = await response.text();
      const isJson = text !== "" && response.headers.get("content-type")?.includes("json");
      const json = isJson ? JSON.parse(text) : null;
      if (isJson) checkReply(described, request, response.status, json);
      assert.deepEqual(errors, []);
      return { status: response.status, headers: response.headers, text, json };
    },
    [Symbol.asyncDispose]: async () => {
      if (parts.database === undefined) await database.close();
    },
  };
}

function requestOf(path: string, options: AskOptions): Request {
  const { method, headers = {}, json, body, token } = options;
  const sent = json === undefined ? body : JSON.stringify(json);
  return new Request(new URL(path, baseUrl), {
    method: method ?? (sent === undefined ? "GET" : "POST"),
    headers: {
      ...(json !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
}

type Described = ReturnType<typeof describe>;

/** The schemas of all replies, by path, method and status. */
function describe(service: ApiService) {
  const { app, operations } = assemble(service);
  const schemas = new Map<string, z.ZodType>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { path, method, responses } = definition.route;
    for (const [status, response] of Object.entries(responses)) {
      if (!("content" in response)) continue;
      for (const media of Object.values(response.content ?? {})) {
        const key = `${method.toUpperCase()} ${path} ${status}`;
        if (media && "schema" in media) schemas.set(key, media.schema as z.ZodType);
      }
    }
  }
  return { schemas, routes: new RouteTable(operations) };
}

/** A reply holds what its schema says and nothing else. */
function checkReply(
  { schemas, routes }: Described,
  request: Request,
  status: number,
  json: unknown,
) {
  const path = escapeOldId(new URL(request.url).pathname);
  const route = routes.find(path);
  if (route === null || status === 405 || route.path === "/openapi.json") return;
  const key = `${request.method} ${route.path} ${status}`;
  const schema = schemas.get(key);
  assert.ok(schema, `${key} is not in the description: ${JSON.stringify(json)}`);
  assert.deepEqual(schema.parse(json), json, key);
}

/** The papers of a list, by id. */
export async function idsAt(at: TestApi, path: string): Promise<string[]> {
  const { json } = await at.ask(path);
  return json.map(({ paper }: { paper: { id: string } }) => paper.id);
}

/** An account with a token. */
export async function signUp(
  { service: { db, now } }: TestApi,
  name: string,
  role: Account["role"] = "reader",
): Promise<{ account: Account; token: string }> {
  const account = await addAccount(db, { name, role, now: now() });
  const { token } = await createApiToken(db, { accountId: account.id, label: "test", now: now() });
  return { account, token };
}
