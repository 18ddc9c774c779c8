import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { test } from "node:test";
import { SessionEnded } from "../../session/errors.ts";
import { cpp } from "../cpp.ts";
import { isolation } from "./isolation.ts";
import { runTool } from "./tool.ts";

const how = await isolation();
const probe = await cpp().probe();
const here =
  how.level === "sealed" && probe.available ? {} : { skip: "skipped: no sandbox or g++" };

const limits = { callTimeout: 2000, compileTimeout: 30_000, memory: 2 ** 29, processes: 16 };
const n = 5;
const tensor = (data: readonly number[]) => ({
  dtype: "float32" as const,
  shape: [data.length],
  data: Float32Array.from(data),
});
const request = {
  inputs: [tensor([1, -2, 3, -4, 5])],
  outputs: [{ dtype: "float32" as const, shape: [n] }],
  poison: [tensor([9, 9, 9, 9, 9])],
  dims: [n],
  slot: 0,
};

const bodies: string[] = [];
/** Every body is a case of one kernel, so that it is compiled once; `top` needs one of its own. */
const add = (body: string) => {
  if (!bodies.includes(body)) bodies.push(body);
  return bodies.indexOf(body);
};

/** A kernel that does one thing before it computes, with x, y and n in reach. */
const kernel = (cases: readonly string[], top = "") => ({
  source: `#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>
${top}
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = static_cast<const float*>(in[0]);
  float* y = static_cast<float*>(out[0]);
  const long long n = dims[0];
  switch (dims[1]) {
${cases.map((body, i) => `    case ${i}: { ${body} break; }`).join("\n")}
  }
  for (long long i = 0; i < n; i++) y[i] = x[i] > 0 ? x[i] : 0;
  return 0;
}`,
  flags: ["-pthread"],
});

async function call(which: number, top?: string) {
  const backend = cpp();
  const artifact = await backend.compile(kernel(top ? [] : bodies, top), { limits });
  const session = await backend.open(artifact, { limits });
  try {
    return await session.call({ ...request, dims: [n, which] });
  } finally {
    await session.close();
  }
}

async function endingOf(which: number, top?: string) {
  const error = await call(which, top).then(
    () => assert.fail("the process lived"),
    (error: unknown) => error,
  );
  if (!(error instanceof SessionEnded)) throw error;
  return `${error.ending.kind}: ${error.ending.detail}`;
}

test("a kernel is called, and what it leaves is seen from outside", here, async () => {
  const result = await call(-1);
  assert.deepEqual([...result.outputs[0]!.data], [1, 0, 3, 0, 5]);
  assert.ok(result.settled && result.inputsIntact && result.guardsIntact && result.sameOutputs);
  assert.equal(result.status, 0);
  assert.equal(result.threads, 1);
  assert.equal(result.printed, 0);
});

const deadly: Record<string, [RegExp, string, string?]> = {
  hangs: [/^timeout/, "for (volatile int i = 0;; i = 0) {}"],
  forks: [/SIGSYS/, "fork();"],
  "starts a program": [/SIGSYS/, 'execl("/bin/true", "true", nullptr);'],
  "opens a socket": [/SIGSYS/, "socket(AF_INET, SOCK_STREAM, 0);"],
  "writes a file": [/SIGSYS/, 'open("/forge-escape", O_CREAT | O_WRONLY, 0644);'],
  "removes a file": [/SIGSYS/, 'unlink("/kernel.so");'],
  "kills everybody": [/SIGSYS/, "syscall(SYS_kill, -1, 9);"],
  "lifts its limits": [/SIGSYS/, "syscall(SYS_setrlimit, 9, x);"],
  "makes memory that no limit counts": [/SIGSYS/, 'syscall(SYS_memfd_create, "m", 0);'],
  "is silent about forbidden calls": [/^signal/, "signal(SIGSYS, SIG_IGN);"],
  "writes its input": [/writes input 0/, "const_cast<volatile float*>(x)[1] = 0;"],
  "makes its input writable": [
    /writes input 0/,
    "mprotect((void*)((unsigned long)x & ~4095ul), 4096, PROT_READ | PROT_WRITE); const_cast<volatile float*>(x)[1] = 0;",
  ],
  "writes far behind its output": [/writes output 0.*beyond/, "volatile float* z = y; z[40] = 0;"],
  leaves: [/exit code 0/, "_exit(0);"],
  "leaves before it was called": [/exit code 7/, "", "struct E { E() { _exit(7); } } e;"],
  "talks to the supervisor": [/supervisor/, 'if (write(3, "done", 4) < 0) return 1;'],
  throws: [/SIGABRT/, "throw 1;"],
};
for (const [name, [ending, body, top]] of Object.entries(deadly)) {
  const which = add(body);
  test(`contained: a kernel that ${name}`, here, async () => {
    assert.match(await endingOf(which, top), ending);
    assert.ok(!existsSync("/forge-escape"));
  });
}

const eats = add(
  "std::vector<void*> all; while (void* p = malloc(1 << 20)) { ((volatile char*)p)[0] = 1; all.push_back(p); } if (all.size() < 600) return all.size();",
);
test("contained: a kernel that wants all memory gets no more than its limit", here, async () => {
  const { status } = await call(eats);
  assert.ok(status > 100, `${status} MiB`);
});

const many = add(
  "int made = 0; try { for (; made < 1000; made++) std::thread([] { for (;;) sleep(1000); }).detach(); } catch (...) {} return made;",
);
test("contained: threads end at the cap", here, async () => {
  const { status } = await call(many);
  assert.ok(status > 3 && status < limits.processes, `${status} threads`);
});

const prints = add('for (int i = 0; i < 1000000; i++) puts("line");');
test("contained: a million lines are counted and thrown away", here, async () => {
  const result = await call(prints);
  assert.deepEqual([...result.outputs[0]!.data], [1, 0, 3, 0, 5]);
  assert.ok((result.printed ?? 0) > 3e6);
});

const late = add("std::thread([=] { usleep(400); y[0] = 7; }).detach();");
const beyond = add("reinterpret_cast<volatile char*>(y)[4 * n] = 1;");
const before = add("volatile float* z = y; z[-1] = 1;");
const looks = add(
  'if (access("/etc/passwd", R_OK) == 0 || access("/proc/self/maps", R_OK) == 0 || getuid() == 0 || open("/etc/passwd", O_RDONLY) >= 0) return 1;',
);
test("seen: a late write, bytes beside an output; not seen: the machine", here, async () => {
  const { settled, outputs, threads } = await call(late);
  assert.equal(settled && outputs[0]!.data[0] === 1 && threads === 1, false);
  assert.equal((await call(beyond)).guardsIntact, false);
  assert.equal((await call(before)).guardsIntact, false);
  assert.equal((await call(looks)).status, 0);
});

test("the sandbox of tools: no home, no secrets, no network, no privileges", here, async () => {
  const told = (script: string) =>
    runTool(["sh", "-c", script], { memory: 2 ** 30, timeout: 10_000 });
  assert.equal((await told("cat /etc/shadow /root/.profile")).code, 1);
  assert.match(
    (await told("id -u; ls /; touch /usr/x /bin/x 2>&1")).output,
    /^1000\n[\s\S]*Read-only/,
  );
  assert.match((await told("cat /proc/self/status")).output, /CapEff:\s+0000000000000000/);
  assert.equal((await told("cat /proc/net/dev | grep -c :")).output.trim(), "1");
  assert.equal((await runTool(["sleep", "60"], { memory: 2 ** 30, timeout: 200 })).code, 124);
});

test("a tool's link in the place of its output is not followed", here, async () => {
  const target = `${process.env.TMPDIR ?? "/tmp"}/forge-test-${process.pid}`;
  const made = await runTool(["ln", "-s", "/etc/passwd", "kernel.so"], {
    memory: 2 ** 30,
    timeout: 10_000,
    outputs: { "kernel.so": target },
  });
  rmSync(target, { force: true });
  assert.equal(made.code, 73);
});
