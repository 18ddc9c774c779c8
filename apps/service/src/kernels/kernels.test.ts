import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Database, deleteAccount, exportAccount } from "@daily-kernel/feed/node";
import { hoursAfter, morning, sampleAccount, testDatabase } from "@daily-kernel/feed/testing";
import { silent } from "../testing/fixture.ts";
import { kernelTask } from "./kernel-tasks.ts";
import type { KernelVerdict } from "./kernel-view.ts";
import { KernelWorker, sweepKernels } from "./kernel-worker.ts";
import { Kernels } from "./kernels.ts";

let database: Database;
let sent: object[] = [];
let kernels: Kernels;
let now = morning;
let account = "";
const never = new AbortController().signal;

before(async () => {
  database = await testDatabase();
  kernels = new Kernels({
    db: database.db,
    jobs: { send: async (_queue: string, data: object) => void sent.push(data) },
    now: () => now,
  });
  account = await sampleAccount(database.db, "smith");
});
after(() => database.close());

const good = () => ({
  accountId: account,
  task: "relu",
  grid: "element:64",
  source: kernelTask("relu").starter,
  adapter: "Some GPU",
  medianNs: 20_000,
});

const verdict = (accepted: boolean): KernelVerdict => ({
  accepted,
  findings: [],
  worstError: 0.5,
  effectiveBits: 23,
  calls: 900,
  adapter: "SwiftShader",
});
const worker = (verify?: () => Promise<KernelVerdict>) =>
  new KernelWorker({
    db: database.db,
    log: silent,
    now: () => now,
    ...(verify && { verify }),
  });

test("a kernel is listed after the server's own verification, and not before", async () => {
  sent = [];
  const kernel = await kernels.submit(good());
  assert.equal(kernel.state, "queued");
  assert.deepEqual(sent, [{ id: kernel.id }]);
  assert.deepEqual(await kernels.ranked("relu"), []);
  await worker().verify(kernel.id, never);
  const [listed] = await kernels.ranked("relu");
  assert.equal(listed?.id, kernel.id, JSON.stringify(await kernels.get(kernel.id)));
  assert.equal(listed?.by, "SMITH");
  assert.ok(listed!.verdict!.calls > 100);
});

test("a cheat that claims a time is rejected by the server and never listed", async () => {
  const source = kernelTask("relu").starter.replace("max(x[id.x], 0.0)", "x[id.x]");
  const kernel = await kernels.submit({ ...good(), source, medianNs: 10_000 });
  await worker().verify(kernel.id, never);
  assert.equal((await kernels.get(kernel.id))!.state, "rejected");
  assert.equal((await kernels.own("relu", account))[0]!.verdict!.findings[0]!.severity, "error");
  assert.ok((await kernels.ranked("relu")).every(({ id }) => id !== kernel.id));
});

test("ranked by adapter and time; the same source again keeps the better time", async () => {
  const send = async (part: object) => {
    const kernel = await kernels.submit({ ...good(), ...part });
    await worker(async () => verdict(true)).verify(kernel.id, never);
    return kernel.id;
  };
  const slow = await send({ task: "softmax", source: "// slow", medianNs: 9000 });
  const fast = await send({ task: "softmax", source: "// fast", medianNs: 3000 });
  const other = await send({ task: "softmax", source: "// fast", adapter: "Another GPU" });
  const order = async () => (await kernels.ranked("softmax")).map(({ id }) => id);
  assert.deepEqual(await order(), [other, fast, slow]);
  sent = [];
  const again = await kernels.submit({
    ...good(),
    task: "softmax",
    source: "// slow",
    medianNs: 1000,
  });
  assert.equal(again.id, slow);
  assert.deepEqual(sent, []);
  assert.deepEqual(await order(), [other, slow, fast]);
});

test("what cannot be is refused at the door", async () => {
  const refused: [object, object][] = [
    [{ task: "relo" }, { code: "ERR_NOT_FOUND" }],
    [{ grid: "rows" }, { code: "ERR_INPUT", message: /parseGrid/ }],
    [{ source: " " }, { code: "ERR_INPUT" }],
    [{ source: "x".repeat(70_000) }, { code: "ERR_INPUT" }],
    [{ adapter: "" }, { code: "ERR_INPUT" }],
    [{ medianNs: Number.NaN }, { code: "ERR_INPUT" }],
    [{ medianNs: 1 }, { code: "ERR_INPUT", message: /nothing computes relu at 1048576/ }],
    [{ accountId: "0".repeat(24) }, { code: "ERR_FORBIDDEN" }],
  ];
  for (const [part, error] of refused)
    await assert.rejects(kernels.submit({ ...good(), ...part }), error);
});

test("only so many wait at once, and only their owner takes them away", async () => {
  const reader = await sampleAccount(database.db, "hasty");
  const send = (i: number) => kernels.submit({ ...good(), accountId: reader, source: `// ${i}` });
  const [first] = [await send(1), await send(2), await send(3)];
  await assert.rejects(send(4), { code: "ERR_LIMIT" });
  await assert.rejects(kernels.remove(first!.id, { id: account, role: "reader" }), {
    code: "ERR_FORBIDDEN",
  });
  await kernels.remove(first!.id, { id: reader, role: "reader" });
  await send(4);
  const { kernels: exported } = await exportAccount(database.db, reader);
  assert.equal((exported as object[]).length, 3);
  await deleteAccount(database.db, { id: reader, comments: "deleted", now });
  assert.deepEqual(await kernels.own("relu", reader), []);
});

test("what a dead worker left is begun once more, and then it has failed", async () => {
  const kernel = await kernels.submit({ ...good(), task: "rowmean" });
  const hang = () => new Promise<KernelVerdict>(() => {});
  for (const state of ["queued", "failed"]) {
    void worker(hang).verify(kernel.id, never);
    while ((await kernels.get(kernel.id))!.state !== "verifying");
    now = hoursAfter(now, 1);
    assert.equal((await sweepKernels(database.db, now)).includes(kernel.id), state === "queued");
    assert.equal((await kernels.get(kernel.id))!.state, state);
  }
});

test("a verification that is cut short goes back into the queue", async () => {
  const kernel = await kernels.submit({ ...good(), task: "frobnorm" });
  const stop = new AbortController();
  await worker(async () => {
    stop.abort();
    throw stop.signal.reason;
  }).verify(kernel.id, stop.signal);
  assert.equal((await kernels.get(kernel.id))!.state, "queued");
});
