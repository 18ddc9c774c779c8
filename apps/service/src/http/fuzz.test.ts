import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assemble } from "./assemble.ts";
import { isApi } from "./is-api.ts";
import { addPapers, addRoom } from "./testing/papers.ts";
import { type AskOptions, baseUrl, signUp, testApi } from "./testing/test-api.ts";
import { TestRuns } from "./testing/test-runs.ts";

const strange = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom(
    ...[
      "",
      "0",
      "-1",
      "1e9",
      "NaN",
      "null",
      "undefined",
      "__proto__",
      "constructor",
      ".",
      "..",
      "%",
    ],
    ...["'; drop table papers; --", "%00", "%ZZ", "\0", "\ud800", "../../etc/passwd", "{{7*7}}"],
    ...["a".repeat(5000), "(((((".repeat(100), '"'.repeat(99), "2024-W53", "9999-12-31"],
    ...["0000-00-00", "math.GT/0309136", "hep-th/9901001v99999999999", "2409.00001"],
  ),
);
/** Mostly what is there, else anything. */
const or = <T>(usual: T) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 3 }, { arbitrary: strange, weight: 1 });
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

/** Bodies that are as described. */
const bodies: Record<string, object> = {
  "/api/papers/index": { arxivId: "2409.00001" },
  "/api/papers/submit": { paperId: "2409.00001", comment: "x", mediaUrls: ["https://a.example"] },
  "/api/papers/{objectId}/links": { projectPage: "https://a.example", githubRepo: null },
  "/api/settings/papers/claim": {
    paperId: "2409.00001",
    claimAuthorId: "a".repeat(24),
    targetUserId: "b".repeat(24),
  },
  "/api/papers/{id}/comments": { body: "x", parentId: null },
  "/api/papers/{id}/comments/{commentId}": { body: "x" },
  "/api/papers/{id}/comments/{commentId}/reports": { reason: "x" },
  "/api/papers/{id}/runs": { preset: "quick", seed: 1 },
  "/api/subscriptions": { email: "ada@example.org", topics: [], zone: "UTC", hour: 3 },
};
const parameters = ["p", "limit", "sort", "date", "week", "month", "submitter", "q", "cursor"];
const query = fc
  .array(fc.tuple(fc.constantFrom(...parameters, "tag", "min_upvotes"), strange), { maxLength: 2 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encode(value)}`).join("&"));
const value = fc.oneof(
  strange,
  fc.integer(),
  fc.double(),
  fc.constant(null),
  fc.array(strange, { maxLength: 3 }),
);

/** A body of that path with some fields in another way, or anything at all. */
function bodyOf(path: string): fc.Arbitrary<string> {
  const usual = bodies[path] ?? {};
  const names = [...Object.keys(usual), "other"];
  const changes = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2 });
  const changed = changes.map((some) => JSON.stringify({ ...usual, ...some }));
  return fc.oneof(
    { arbitrary: fc.constant(JSON.stringify(usual)), weight: 2 },
    { arbitrary: changed, weight: 6 },
    { arbitrary: fc.json(), weight: 1 },
    { arbitrary: strange, weight: 1 },
  );
}

/** A request to an operation, or to something near it. */
const requestTo = ({ path, method }: { path: string; method: string }) =>
  fc.record({
    path: fc
      .tuple(or("2409.00001"), or(`${"0".repeat(23)}1`))
      .map(([id, other]) =>
        path.replace(/\{(\w+)\}/g, (_, name) => encode(/^(id|objectId)$/.test(name) ? id : other)),
      ),
    query: fc.oneof(fc.constant(""), query),
    method: fc.oneof(
      { arbitrary: fc.constant(method.toUpperCase()), weight: 9 },
      { arbitrary: fc.constantFrom("HEAD", "OPTIONS", "PUT", "DELETE"), weight: 1 },
    ),
    body: bodyOf(path),
    type: or("application/json").map((text) => text.replace(/[^\x20-\x7e]/g, "")),
    who: fc.constantFrom("reader", "moderator", "nobody"),
    accept: fc.constantFrom("*/*", "text/markdown", "text/html;q=x, ,;;", "application/json"),
    etag: fc.constantFrom("*", '"x"', 'W/"', ""),
  });

test("2,200 strange requests: none of them is an error of ours, each reply has its form", async () => {
  await using at = await testApi({ runs: new TestRuns(), indexPaper: async () => {} });
  const { db } = at.database;
  const [known] = await addPapers(db, ["2024-09-12", "2024-09-13"]);
  await addRoom(db, known!, "a-room");
  const tokens = {
    reader: (await signUp(at, "ada")).token,
    moderator: (await signUp(at, "mod-1", "moderator")).token,
    nobody: null,
  };
  const { operations } = assemble(at.service);
  const request = fc.constantFrom(...operations).chain(requestTo);
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ path, query, method, body, type, who, accept, etag }) => {
      const address = new URL(path + (query && `?${query}`), baseUrl);
      const token = tokens[who as keyof typeof tokens];
      const options: AskOptions = {
        method,
        ...(!["GET", "HEAD"].includes(method) && { body }),
        headers: { "content-type": type, accept, "if-none-match": etag },
        ...(token && { token }),
      };
      const { status, headers } = await at.ask(address.pathname + address.search, options);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      assert.ok(status < 500, `${method} ${address} ${status}`);
      if (status >= 400) assert.ok(headers.get("x-error-message"), `${status} has no message`);
    }),
    { numRuns: 2200 },
  );
  // The requests get far enough to mean something.
  for (const status of [200, 201, 202, 304, 400, 401, 403, 404, 405, 409, 415])
    assert.ok((seen.get(status) ?? 0) > 2, `${status}: ${JSON.stringify([...seen])}`);
});

test("whose a request is can be told of any path and header", () => {
  fc.assert(
    fc.property(strange, strange, fc.constantFrom("GET", "POST"), (text, accept, method) => {
      assert.equal(typeof isApi(method, `/${text}`, { accept }), "boolean");
    }),
  );
  const markdown = { accept: "text/html, text/markdown;q=0.5" };
  assert.equal(isApi("GET", "/papers/2409.00001", { accept: "text/html,*/*" }), false);
  assert.equal(isApi("GET", "/papers/2409.00001", { accept: "text/markdown" }), true);
  assert.equal(isApi("GET", "/papers/2409.00001", markdown), false);
  assert.equal(isApi("GET", "/papers/hep-th/9901001.md", {}), true);
  assert.equal(isApi("GET", "/papers/date/2024-09-12", { accept: "text/markdown" }), false);
  assert.equal(isApi("GET", "/u/token", {}), false);
  assert.equal(isApi("POST", "/u/token", {}), true);
});
