import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { softwareGpuEnv } from "@daily-kernel/compute/node";
import { bundleForBrowser } from "./bundle-for-browser.ts";
import { launchBrowser } from "./launch-browser.ts";
import { servePage } from "./serve-page.ts";

const PAGE = fileURLToPath(new URL("./same-numbers.page.ts", import.meta.url));

async function inNode(): Promise<Record<string, string>> {
  const env = process.platform === "linux" ? await softwareGpuEnv() : {};
  const script = `
    import { installWebGPU } from "@daily-kernel/compute/node";
    await installWebGPU();
    const { sameNumbers } = await import(${JSON.stringify(PAGE)});
    console.log(JSON.stringify(await sameNumbers()));
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { env: { ...process.env, ...env }, cwd: fileURLToPath(new URL(".", import.meta.url)) },
  );
  return JSON.parse(stdout);
}

async function inBrowser(isolated: boolean): Promise<Record<string, string>> {
  await using page = await servePage(await bundleForBrowser(PAGE), { isolated });
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    const problems: string[] = [];
    tab.on("pageerror", (error) => problems.push(error.message));
    await tab.goto(page.url);
    const result = await tab.evaluate(async () => {
      const page = globalThis as unknown as { sameNumbers(): Promise<Record<string, string>> };
      return { isolated: String(crossOriginIsolated), ...(await page.sameNumbers()) };
    });
    assert.deepEqual(problems, []);
    return result;
  } finally {
    await browser.close();
  }
}

test("browser and Node give the same random numbers, shader results and threaded products", async () => {
  const [node, browser] = await Promise.all([inNode(), inBrowser(true)]);
  assert.deepEqual(browser, { isolated: "true", ...node });
  assert.match(node.threads!, /^2 /);
});

test("a page that is not isolated computes the same on its one thread", async () => {
  const [node, browser] = await Promise.all([inNode(), inBrowser(false)]);
  const threads = node.threads!.replace(/^2 /, "1 ");
  assert.deepEqual(browser, { isolated: "false", ...node, threads });
});
