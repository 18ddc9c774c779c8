import { connect } from "node:net";
import fc from "fast-check";
import { must } from "../must.ts";
import type { Reply } from "../site/client.ts";
import { apiRequests, type Description, inAddress } from "./api-requests.ts";
import { hostileMarkup } from "./hostile-markup.ts";
import type { LiveSite } from "./live-site.ts";
import { queryText } from "./search-queries.ts";
import { type Target, target } from "./target.ts";
import { anyText, mutated } from "./texts.ts";

const lanes = 8;

/** What is fuzzed over HTTP, on the production server. */
export async function liveTargets(site: LiveSite): Promise<Target[]> {
  const reply = await site.client.ask({ path: "/openapi.json" });
  return [api(site, JSON.parse(reply.body) as Description), search(site), pages(site), wire(site)];
}

/** Every operation of `/openapi.json`: no error of ours, and each refusal has a code. */
const api = (site: LiveSite, description: Description): Target =>
  target({
    name: "every route of /openapi.json over HTTP",
    share: 13,
    lanes,
    values: apiRequests(description),
    async attempt({ path, method, headers, body, who }) {
      const reply = await site.client.ask({
        path,
        method,
        headers: {
          "content-type": "application/json",
          ...(who !== "nobody" && { authorization: `Bearer ${site.tokens[who]}` }),
          ...headers,
          "x-forwarded-for": site.nextAddress(),
        },
        ...(method !== "GET" && method !== "HEAD" && { body }),
      });
      return checkReply(reply, method, path);
    },
  });

/** Queries to the search of the API and of the pages. */
const search = (site: LiveSite): Target =>
  target({
    name: "search queries over HTTP",
    share: 3,
    lanes,
    values: fc.record({
      q: queryText,
      page: fc.boolean(),
      more: fc.constantFrom(
        "",
        "&limit=5",
        "&topic=kernels",
        "&from=x",
        "&claims=hold",
        "&page=9999",
      ),
    }),
    async attempt({ q, page, more }) {
      const reply = await site.client.ask({
        path: `${page ? "/search" : "/api/papers/search"}?q=${inAddress(q)}${more}`,
        headers: { accept: page ? "text/html" : "*/*", "x-forwarded-for": site.nextAddress() },
      });
      return page ? checkPage(reply) : checkReply(reply, "GET", "/api/papers/search");
    },
  });

const anything = fc.oneof(anyText, hostileMarkup);
const places = [
  ..."/papers/date/@ /papers/week/@ /papers/month/@ /papers/year/@ /papers/@ /papers/@/share.png".split(
    " ",
  ),
  ..."/?page=@ /papers/trending?period=@ /search?q=kernel&topic=@ /ledger?q=@ /sign-in?next=@".split(
    " ",
  ),
  ..."/sign-in/link?token=@ /subscribe?email=@ /subscribe/confirm?token=@ /u/@ /outbox?mail=@".split(
    " ",
  ),
  ..."/data/@ /sitemaps/@.xml /runs/@/events /papers?date=@ /docs?x=@ /about?x=@ /account?did=@".split(
    " ",
  ),
  ..."/papers/submit?id=@ /admin?x=@ /@ /_app/@ /robots.txt?@ /account/export?@".split(" "),
];
const forms: readonly (readonly [string, ...string[]])[] = [
  ["/papers/2612.00001?/comment", "body", "parent"],
  ["/papers/2612.00001?/edit", "comment", "body"],
  ["/papers/2612.00001?/delete", "comment"],
  ["/papers/2612.00001?/report", "comment", "reason"],
  ["/papers/2612.00001?/hide", "comment", "reason"],
  ["/papers/2612.00001?/restore", "comment"],
  ["/papers/2612.00001?/hidePaper", "reason"],
  ["/papers/log-bessel?/run", "preset", "seed"],
  ["/papers/log-bessel?/cancelRun", "run"],
  ["/papers/2612.00002/vote", "vote"],
  ["/account?/profile", "name", "fullName"],
  ["/account?/token", "label"],
  ["/account?/session", "id"],
  ["/account?/passkey", "id"],
  ["/account?/revoke", "id"],
  ["/papers/submit", "id", "comment"],
  ["/subscribe", "email", "frequency", "topics", "hour", "zone", "weekday"],
  ["/subscribe/confirm", "token"],
  ["/sign-in", "email", "next"],
  ["/sign-in/link", "token", "next"],
  ["/sign-in/passkey", "response"],
  ["/u/x?/preferences", "frequency", "hour"],
];
const visit = fc
  .tuple(fc.constantFrom(...places), anything)
  .map(([place, text]) => ({ path: place.replace("@", () => inAddress(text)), form: null }));
const sent = fc
  .constantFrom(...forms)
  .chain(([path, ...fields]) =>
    fc
      .record(
        Object.fromEntries(
          fields.map((name) => [
            name,
            fc.oneof(anything, fc.constantFrom("1", "x", "0".repeat(24))),
          ]),
        ),
        { requiredKeys: [] },
      )
      .map((form) => ({ path, form: form as Record<string, string> })),
  );

/** Pages, and the forms on them, as a reader who has signed in. */
const pages = (site: LiveSite): Target =>
  target({
    name: "pages and forms over HTTP",
    share: 2,
    lanes,
    values: fc.oneof({ arbitrary: visit, weight: 2 }, { arbitrary: sent, weight: 1 }),
    async attempt({ path, form }) {
      const tidy =
        form && Object.fromEntries(Object.entries(form).map(([k, v]) => [k, v.toWellFormed()]));
      const reply = tidy
        ? await site.reader.post(path, { ...tidy, csrf: site.formToken })
        : await site.reader.ask(path);
      return checkPage(reply);
    },
  });

const request = `GET /api/papers?limit=1 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
const post = `POST /api/subscriptions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
const breaks = fc.oneof(
  anyText,
  fc.constantFrom(
    "\r\n",
    "\n",
    "\0",
    ":",
    " ",
    "Transfer-Encoding: chunked\r\n",
    "Content-Length: 9\r\n",
    "Content-Length: -1\r\n",
    "HTTP/9.9",
    "Expect: 100-continue\r\n",
    "Upgrade: websocket\r\nConnection: Upgrade\r\n",
    "X: y\r\n".repeat(300),
    "zz\r\n",
    "*",
    "http://[::1",
    "//",
  ),
);

/** Bytes that are hardly HTTP, to the port itself. */
const wire = (site: LiveSite): Target =>
  target({
    name: "bytes to the port",
    share: 1,
    lanes,
    values: mutated(fc.constantFrom(request, post), breaks),
    async attempt(text) {
      const answer = await exchange(Number(new URL(site.client.url).port), Buffer.from(text));
      if (answer === "") return "closed";
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
      must(status !== undefined, `it answered ${answer.slice(0, 80)}`);
      must(Number(status) < 500 || status === "501", `it answered ${answer.slice(0, 300)}`);
      return status;
    },
  });

/** Sends bytes and the end of them, and reads whatever comes until the end of that. */
function exchange(port: number, bytes: Buffer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let answer = "";
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.setTimeout(5000, () => socket.destroy());
  socket.on("data", (data) => {
    answer += data.toString("latin1");
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => resolve(answer));
  socket.on("end", () => socket.end());
  socket.end(bytes);
  return promise;
}

function checkReply({ status, headers, body }: Reply, method: string, path: string): string {
  const type = headers["content-type"] ?? "";
  // By their methods or the rest of their address some requests are for the pages.
  const forPages =
    status >= 400 && headers["x-error-code"] === undefined && !path.startsWith("/api/");
  if (forPages || /^text\/html/.test(type)) return checkPage({ status, headers, body });
  // From arXiv, which here is a server with faults of its own.
  const upstream = (status === 502 || status === 503) && headers["x-error-code"] === "ERR_UPSTREAM";
  must(status < 500 || upstream, `it answered ${status}: ${body.slice(0, 300)}`);
  if (status >= 400) {
    must(typeof headers["x-error-message"] === "string", `a ${status} without a message`);
    must(/^[A-Z_]+$/.test(String(headers["x-error-code"])), `a ${status} without a code`);
    if (method !== "HEAD") {
      const told = JSON.parse(body) as { error?: unknown; code?: unknown };
      must(
        typeof told.error === "string" && typeof told.code === "string",
        `a ${status} without words`,
      );
    }
  } else if (/json/.test(type) && body !== "" && method !== "HEAD") JSON.parse(body);
  return String(status);
}

function checkPage({ status, body, headers }: Reply): string {
  must(status < 500, `it answered ${status}`);
  // Words of readers stand in pages as text or between quotes; in a tag of their own they would not.
  const isHtml = /^text\/html/.test(headers["content-type"] ?? "");
  const bare = isHtml ? body.replace(/="[^"]*"/g, "") : "";
  must(!/<[a-z][^<>]*canary/i.test(bare), "a tag of an attacker's is in the page");
  return `page ${status}`;
}
