import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findings, Harness } from "./harness.ts";

let site: Harness;
before(async () => {
  site = await Harness.start();
});
after(() => site?.stop());

/** Several hundred calls on a processor that plays a GPU. */
const patience = { timeout: 120_000 };

const verify = (page: Page) => page.getByRole("button", { name: "Verify and time" });
const state = (page: Page, name: string) =>
  page.waitForSelector(`[role=status][data-state="${name}"]`, patience);

async function open(task: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await site.page();
  await opened.page.goto(`/forge?task=${task}`, { waitUntil: "networkidle" });
  await opened.page.locator("button.primary:not([disabled])").waitFor();
  return opened;
}

test("a right kernel is accepted and timed on the reader's own device, the page stays usable", async () => {
  const { page, complaints } = await open("relu");
  assert.match(await page.getByLabel("Kernel in WGSL").inputValue(), /max\(x\[id\.x\], 0\.0\)/);
  await verify(page).press("Enter");
  await state(page, "running");
  await state(page, "done");
  await page.getByRole("heading", { name: "Accepted: relu" }).waitFor();
  await page.getByRole("heading", { name: /s on .*SwiftShader/i }).waitFor();
  assert.match((await page.locator("main").textContent())!, /Its bound is memory/);
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a cheat is rejected with the evidence", async () => {
  const { page, complaints } = await open("relu");
  const source = page.getByLabel("Kernel in WGSL");
  await source.fill((await source.inputValue()).replace("max(x[id.x], 0.0)", "x[id.x]"));
  await verify(page).click();
  await state(page, "done");
  await page.getByRole("heading", { name: "Rejected: relu" }).waitFor();
  const finding = page.locator("li[data-severity=error]");
  assert.match((await finding.textContent())!, /expected 0, got -/);
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a shader that does not compile says where, one that hangs is ended", async () => {
  const { page } = await open("relu");
  const source = page.getByLabel("Kernel in WGSL");
  await source.fill(`${await source.inputValue()}\nnonsense`);
  await verify(page).click();
  await state(page, "done");
  assert.match((await page.locator("li[data-severity=error]").textContent())!, /compile-error/);
  await page.getByRole("button", { name: "Start over" }).click();
  assert.doesNotMatch(await source.inputValue(), /nonsense/);
  await page.context().close();
});

test("a verification is cancelled, and another task brings its own kernel", async () => {
  const { page, complaints } = await open("matmul");
  await verify(page).click();
  await state(page, "running");
  await page.getByRole("button", { name: "Cancel" }).click();
  await state(page, "cancelled");
  await page.getByLabel("Task").selectOption("frobnorm");
  await page.waitForURL("**/forge?task=frobnorm");
  await page.getByText("one number").waitFor();
  assert.equal(await page.getByLabel("Workgroups").inputValue(), "one");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("AssemblyScript: a right kernel is accepted and timed, cheats and kernels that hang are ended", async () => {
  const { page, complaints } = await open("relu");
  await page.getByLabel("Language").selectOption("assemblyscript");
  const source = page.getByLabel("Kernel in AssemblyScript");
  const starter = await source.inputValue();
  assert.match(starter, /max<f32>\(load<f32>\(x \+ 4 \* \(i\)\), 0\)/);
  assert.equal(await page.getByLabel("Workgroups").count(), 0);
  await verify(page).click();
  await state(page, "done");
  await page.getByRole("heading", { name: "Accepted: relu" }).waitFor();
  await page.getByRole("heading", { name: /s on WebAssembly/ }).waitFor();
  await page.getByText("The leaderboard is for WGSL: this server").waitFor();
  assert.deepEqual(await findings(page), []);
  for (const [from, to, rule] of [
    ["max<f32>(load<f32>(x + 4 * (i)), 0)", "load<f32>(x + 4 * (i))", /distribution-shortcut/],
    ["  return 0;", "  while (n > 500) store<f32>(y, load<f32>(y) + 1);\n  return 0;", /timeout/],
    ["max<f32>", "nonsense<f32>", /compile-error/],
  ] as const) {
    assert.ok(starter.includes(from));
    await source.fill(starter.replace(from, to));
    await verify(page).click();
    await state(page, "running");
    await state(page, "done");
    await page.getByRole("heading", { name: "Rejected: relu" }).waitFor();
    assert.match((await page.locator("li[data-severity=error]").textContent())!, rule);
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("who has to sign in finds his source again, also in another tab", async () => {
  const { page } = await open("relu");
  const source = page.getByLabel("Kernel in WGSL");
  const mine = (await source.inputValue()).replace("max(x[id.x], 0.0)", "max(0.0, x[id.x])");
  await source.fill(mine);
  await verify(page).click();
  await state(page, "done");
  await page.getByText("your source waits here").waitFor();
  const tab = await page.context().newPage();
  await site.signIn(tab, "writer@example.org", "/forge?task=relu");
  await tab.locator("button.primary:not([disabled])").waitFor();
  assert.equal(await tab.getByLabel("Kernel in WGSL").inputValue(), mine);
  await tab.getByRole("button", { name: "Start over" }).click();
  assert.notEqual(await tab.getByLabel("Kernel in WGSL").inputValue(), mine);
  await tab.reload({ waitUntil: "networkidle" });
  assert.notEqual(await tab.getByLabel("Kernel in WGSL").inputValue(), mine);
  await page.context().close();
});

test("a kernel is kept, verified by the server with a secret seed, listed, and taken away", async () => {
  const { page, complaints } = await site.page();
  await site.signIn(page, "forger@example.org", "/forge?task=relu");
  await page.locator("button.primary:not([disabled])").waitFor();
  await verify(page).click();
  await state(page, "done");
  await page.getByRole("button", { name: "Keep it on the leaderboard" }).click();
  const board = page.getByRole("region", { name: "Leaderboard: relu" });
  await board.locator("[data-kernel]").waitFor();
  for (let tries = 0; (await board.locator("ol li").count()) === 0; tries++) {
    if (tries === 100) assert.fail((await board.textContent())!);
    await page.waitForTimeout(1000);
    await page.reload({ waitUntil: "networkidle" });
  }
  assert.match((await board.locator("h3").textContent())!, /SwiftShader/i);
  await board.locator("summary").click();
  await board.getByText("max(x[id.x], 0.0)").waitFor();
  assert.deepEqual(await findings(page), []);
  await board.getByRole("button", { name: "Take away" }).click();
  await board.getByText("Nobody has kept a kernel").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("without WebGPU the page says so, and reads without script", async () => {
  const without = await site.page();
  await without.page.addInitScript(() => {
    Object.defineProperty(navigator, "gpu", { value: undefined });
  });
  await without.page.goto("/forge", { waitUntil: "networkidle" });
  await without.page.getByText("It cannot run here: this browser has no WebGPU").waitFor();
  assert.equal(await verify(without.page).isDisabled(), true);
  // AssemblyScript needs none.
  await without.page.getByLabel("Language").selectOption("assemblyscript");
  assert.equal(await verify(without.page).isDisabled(), false);
  await without.page.context().close();

  const plain = await site.page({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 800 },
  });
  await plain.page.goto("/forge?task=activation/elu");
  assert.equal(await plain.page.getByLabel("Task").inputValue(), "activation/elu");
  await plain.page.goto("/forge?task=activation/elo");
  await plain.page.getByText("did you mean").waitFor();
  await plain.page.context().close();
});
