/**
 * Makes publishable tarballs of all packages in `dist/`: JavaScript and declarations in place of
 * the TypeScript sources that the workspace itself runs, with a manifest to match.
 */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scope = "@daily-kernel/";

interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  exports: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  [field: string]: unknown;
}

const read = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** The manifest of the published package: compiled entries, exact sister versions, no dev parts. */
function publishable(manifest: Manifest, versions: ReadonlyMap<string, string>): Manifest {
  const { private: _private, devDependencies: _dev, scripts: _scripts, ...rest } = manifest;
  const compiled = (source: string) => ({
    types: source.replace(/\.ts$/, ".d.ts"),
    default: source.replace(/\.ts$/, ".js"),
  });
  return {
    ...rest,
    engines: { node: ">=20" },
    sideEffects: false,
    files: ["src", "CHANGELOG.md"],
    exports: Object.fromEntries(
      Object.entries(manifest.exports).map(([path, source]) => [path, compiled(source)]),
    ) as unknown as Record<string, string>,
    dependencies: Object.fromEntries(
      Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [
        name,
        name.startsWith(scope) ? versions.get(name)! : range,
      ]),
    ),
  };
}

/** Packs every package; returns the tarballs by package name. */
export function packAll(): Map<string, string> {
  const folders = globSync("packages/*", { cwd: root }).sort();
  const manifests = folders.map((folder) => read(join(root, folder)));
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  const dist = join(root, "dist");
  rmSync(dist, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.pack.json"],
    { cwd: root, stdio: "inherit" },
  );

  // The compiler rewrites what is imported, not the files that threads start from.
  for (const file of globSync(join(dist, "packages/*/src/**/*.js"))) {
    const text = readFileSync(file, "utf8");
    const threads = text.replaceAll(
      /(new URL\("\.\/[^"]+)\.ts(", import\.meta\.url\))/g,
      "$1.js$2",
    );
    if (threads !== text) writeFileSync(file, threads);
  }

  const tarballs = new Map<string, string>();
  folders.forEach((folder, i) => {
    const manifest = manifests[i]!;
    const stage = join(dist, "packages", basename(folder));
    mkdirSync(stage, { recursive: true });
    writeFileSync(
      join(stage, "package.json"),
      `${JSON.stringify(publishable(manifest, versions), null, 2)}\n`,
    );
    copyFileSync(join(root, "LICENSE"), join(stage, "LICENSE"));
    for (const file of ["README.md", "CHANGELOG.md"])
      if (existsSync(join(root, folder, file)))
        copyFileSync(join(root, folder, file), join(stage, file));
    const [packed] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--pack-destination", dist], {
        cwd: stage,
        encoding: "utf8",
        shell: process.platform === "win32",
      }),
    );
    tarballs.set(manifest.name, join(dist, packed.filename));
  });
  return tarballs;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const tarball of packAll().values()) console.log(tarball);
