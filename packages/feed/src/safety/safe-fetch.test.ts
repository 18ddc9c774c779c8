import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { TLSSocket } from "node:tls";
import fc from "fast-check";
import { type Answer, httpsTransport, type Target } from "./https-transport.ts";
import { type SafeFetchOptions, safeFetch, UnsafeFetch } from "./safe-fetch.ts";

const hosts = ["api.github.com", ".arxiv.org"];
const publicHost = "140.82.121.6";

interface Page {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: AsyncIterable<Uint8Array> | string;
}

/** A network in memory: pages by URL, and a list of what was asked of whom. */
function network(pages: Record<string, Page>) {
  const asked: { url: string; address: string; headers: Readonly<Record<string, string>> }[] = [];
  let ended = 0;
  const transport = async ({ url, address, headers }: Target): Promise<Answer> => {
    asked.push({ url: url.href, address, headers });
    const { status = 200, headers: sent = {}, body = "" } = pages[url.href] ?? { status: 404 };
    const chunks = (async function* () {
      if (typeof body === "string") yield Buffer.from(body);
      else yield* body;
    })();
    return { status, headers: new Headers(sent), body: chunks, end: () => ended++ };
  };
  return { transport, asked, ended: () => ended };
}

const get = (url: string, options: Partial<SafeFetchOptions> = {}) =>
  safeFetch(url, { hosts, resolve: async () => [publicHost], ...network({}), ...options });

const refuses = (reason: UnsafeFetch["reason"]) => (error: unknown) => {
  assert.ok(error instanceof UnsafeFetch, String(error));
  assert.equal(error.reason, reason);
  return true;
};

test("a listed host is asked at the address that was checked", async () => {
  const net = network({ "https://api.github.com/repos/a/b": { body: '{"stargazers_count":5}' } });
  const got = await get("https://api.github.com/repos/a/b", {
    ...net,
    headers: { accept: "application/json" },
  });
  assert.equal(got.status, 200);
  assert.equal(Buffer.from(got.body).toString(), '{"stargazers_count":5}');
  assert.deepEqual(net.asked, [
    {
      url: "https://api.github.com/repos/a/b",
      address: publicHost,
      headers: { accept: "application/json" },
    },
  ]);
  assert.equal(net.ended(), 1);
});

test("only https on its own port, without a user, is a URL to fetch", async () => {
  for (const url of [
    "http://api.github.com/",
    "ftp://api.github.com/",
    "file:///etc/passwd",
    "data:text/html,x",
    "gopher://api.github.com/",
    "https://api.github.com:8443/",
    "https://api.github.com:22/",
    "https://user@api.github.com/",
    "https://user:pass@api.github.com/",
    "//api.github.com/",
    "/etc/passwd",
    "",
    "https://",
  ])
    await assert.rejects(get(url), refuses("url"), url);
});

test("only listed hosts are asked, and no address in place of a name", async () => {
  for (const url of [
    "https://evil.test/",
    "https://api.github.com.evil.test/",
    "https://xapi.github.com/",
    "https://github.com/",
    "https://evilarxiv.org/",
    "https://arxiv.org.evil.test/",
    "https://arxiv.org/", // only names below it are listed
    "https://api.github.com./",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://api。evil.test/",
    "https://evil.test#@api.github.com/",
    "https://evil.test\\@api.github.com/",
  ])
    await assert.rejects(get(url), refuses("host"), url);
  await assert.rejects(get("https://127.0.0.1/", { hosts: ["127.0.0.1"] }), refuses("host"));
  assert.equal((await get("https://oaipmh.arxiv.org/oai")).status, 404);
  assert.equal((await get("https://API.GitHub.com/")).status, 404);
});

test("a name with any address inside is not asked", async () => {
  for (const inside of [
    "127.0.0.1",
    "169.254.169.254",
    "10.0.0.5",
    "::1",
    "::ffff:10.0.0.1",
    "fd00::1",
  ]) {
    const net = network({});
    for (const addresses of [[inside], [publicHost, inside], [inside, publicHost]])
      await assert.rejects(
        get("https://api.github.com/", { ...net, resolve: async () => addresses }),
        refuses("address"),
      );
    assert.deepEqual(net.asked, []);
  }
  await assert.rejects(
    get("https://api.github.com/", { resolve: async () => [] }),
    refuses("address"),
  );
});

test("a name is resolved once: a second, different answer is not asked for", async () => {
  const answers = [[publicHost], ["127.0.0.1"]];
  const net = network({});
  await get("https://api.github.com/", { ...net, resolve: async () => answers.shift()! });
  assert.deepEqual(
    net.asked.map(({ address }) => address),
    [publicHost],
  );
  assert.equal(answers.length, 1);
});

test("a redirect passes the same checks as the first URL", async () => {
  const to = (location: string) =>
    network({ "https://api.github.com/": { status: 302, headers: { location } } });
  const from = (location: string) => get("https://api.github.com/", to(location));
  await assert.rejects(from("http://api.github.com/"), refuses("url"));
  await assert.rejects(from("https://evil.test/"), refuses("host"));
  await assert.rejects(from("//evil.test/"), refuses("host"));
  await assert.rejects(from("https://169.254.169.254/latest/meta-data"), refuses("host"));
  await assert.rejects(from("file:///etc/passwd"), refuses("url"));
  // A listed host that resolves inside.
  const net = to("https://export.arxiv.org/x");
  const resolve = async (host: string) => [host === "export.arxiv.org" ? "10.0.0.1" : publicHost];
  await assert.rejects(get("https://api.github.com/", { ...net, resolve }), refuses("address"));
  assert.equal(net.asked.length, 1);
});

test("redirects are followed, three of them, and what was for one host is not shown to another", async () => {
  const hop = (location: string) => ({ status: 301, headers: { location } });
  const net = network({
    "https://api.github.com/a": hop("/b"),
    "https://api.github.com/b": hop("https://export.arxiv.org/c"),
    "https://export.arxiv.org/c": hop("d"),
    "https://export.arxiv.org/d": { body: "here" },
    "https://export.arxiv.org/0": hop("https://api.github.com/a"),
  });
  const headers = { authorization: "Bearer x" };
  const got = await get("https://api.github.com/a", { ...net, headers });
  assert.equal(Buffer.from(got.body).toString(), "here");
  assert.equal(got.url, "https://export.arxiv.org/d");
  assert.deepEqual(
    net.asked.map((one) => "authorization" in one.headers),
    [true, true, false, false],
  );
  assert.equal(net.ended(), 4);
  await assert.rejects(get("https://export.arxiv.org/0", net), refuses("redirects"));
});

test("no more is read than allowed, whether or not the length was told", async () => {
  let sent = 0;
  const endless = (async function* () {
    while (sent < 20_000) {
      sent += 1000;
      yield Buffer.alloc(1000);
    }
  })();
  const url = "https://api.github.com/";
  const silent = network({ [url]: { body: endless } });
  await assert.rejects(get(url, { ...silent, maxBytes: 10_000 }), refuses("size"));
  assert.ok(sent <= 11_000);
  assert.equal(silent.ended(), 1);
  const told = network({ [url]: { headers: { "content-length": "10001" }, body: "x" } });
  await assert.rejects(get(url, { ...told, maxBytes: 10_000 }), refuses("size"));
  const exact = network({ [url]: { body: "x".repeat(10_000) } });
  assert.equal((await get(url, { ...exact, maxBytes: 10_000 })).body.length, 10_000);
});

test("a resolver, a server or a body that never answers is given up; an abort is the caller's", async () => {
  const never = new Promise<never>(() => {});
  const url = "https://api.github.com/";
  const hanging = (async function* () {
    yield Buffer.alloc(1);
    await never;
  })();
  for (const options of [
    { resolve: () => never },
    { transport: () => never },
    network({ [url]: { body: hanging } }),
  ])
    await assert.rejects(get(url, { ...options, timeout: 5 }), refuses("timeout"));
  const stop = new AbortController();
  const fetching = get(url, { transport: () => never, signal: stop.signal });
  stop.abort(new Error("enough"));
  await assert.rejects(fetching, /enough/);
});

test("fuzz: whatever the URL, nobody but a listed host at a public address is asked (2,000 cases)", async () => {
  const text = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: "binary" }),
    fc
      .tuple(
        fc.constantFrom(
          "https://",
          "https:/\\",
          "HTTPS://",
          "//",
          "https://a@",
          "https://[",
          "\thttps://",
        ),
        fc.constantFrom("api.github.com", "x.arxiv.org", "127.0.0.1", "[::1]", "evil.test"),
        fc.constantFrom(
          "",
          ":443",
          ":80",
          "@evil.test",
          ".evil.test",
          "\\.evil.test",
          "%2eevil.test",
          "/",
          "?",
          "#",
        ),
        fc.string(),
      )
      .map((parts) => parts.join("")),
  );
  const net = network({});
  const one = fc.oneof(fc.ipV4(), fc.ipV6());
  const addresses = fc.oneof(fc.constant([publicHost]), fc.array(one, { maxLength: 2 }));
  await fc.assert(
    fc.asyncProperty(text, addresses, async (url, resolved) => {
      await get(url, { ...net, resolve: async () => resolved }).catch((error) => {
        assert.ok(error instanceof UnsafeFetch, String(error));
      });
    }),
    { numRuns: 2000 },
  );
  for (const { url } of net.asked) {
    const { protocol, hostname, port } = new URL(url);
    assert.equal(protocol + port, "https:");
    assert.ok(hostname === "api.github.com" || hostname.endsWith(".arxiv.org"), hostname);
  }
  assert.ok(net.asked.length > 20);
});

test("over real TLS: the connection goes to the chosen address, with the URL's name", async (t) => {
  // A key that both sides know stands in for a certificate, which a test cannot make.
  const key = Buffer.from("0123456789abcdef");
  const ciphers = "PSK";
  const maxVersion = "TLSv1.2" as const;
  const server = createServer(
    { ciphers, maxVersion, pskCallback: () => key, pskIdentityHint: "test" } as never,
    (request, response) => {
      const { servername } = request.socket as TLSSocket;
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.end(JSON.stringify({ host: request.headers.host, servername, path: request.url }));
    },
  );
  t.after(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const transport = httpsTransport({
    port,
    ciphers,
    maxVersion,
    checkServerIdentity: () => undefined,
    pskCallback: () => ({ psk: key, identity: "test" }),
  } as never);
  const chosen: string[] = [];
  const got = await get("https://api.github.com/repos?x=1", {
    // The test's server is the address that was chosen; a name server is never asked.
    transport: (target) => {
      chosen.push(target.address);
      return transport({ ...target, address: "127.0.0.1" });
    },
  });
  assert.deepEqual(chosen, [publicHost]);
  const { host, servername, path } = JSON.parse(Buffer.from(got.body).toString());
  assert.equal(host.replace(/:\d+$/, ""), "api.github.com");
  assert.equal(servername, "api.github.com");
  assert.equal(path, "/repos?x=1");
  assert.deepEqual(got.headers.getSetCookie(), ["a=1", "b=2"]);
});

test("over real TLS: a server without a certificate for the name is not believed", async (t) => {
  const server = createServer({ ciphers: "PSK", maxVersion: "TLSv1.2" } as never);
  t.after(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const transport = httpsTransport({ port });
  await assert.rejects(
    get("https://api.github.com/", {
      transport: (target) => transport({ ...target, address: "127.0.0.1" }),
    }),
    (error: Error) => !(error instanceof UnsafeFetch),
  );
});
