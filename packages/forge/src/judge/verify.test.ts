import assert from "node:assert/strict";
import { test } from "node:test";
import type { Backend, CallRequest, CallResult, Candidate } from "../session/backend.ts";
import { SessionEnded } from "../session/errors.ts";
import type { KernelTensor } from "../task/tensor.ts";
import { zeros } from "../task/tensor.ts";
import { plainTasks } from "../tasks/plain/index.ts";
import type { Rule } from "./rules.ts";
import { verifyCandidate } from "./verify.ts";

/** What it returns, if anything, is what the session says of the call. */
type Kernel = (request: CallRequest, output: Float32Array, call: number) => unknown;

/** A back end that calls a function of this process: what the judge sees is ours to say. */
function pretend(kernel: () => Kernel): Backend {
  return {
    id: "cpp",
    language: "cpp",
    probe: async () => ({ available: true, hardware: "none", version: "0" }),
    compile: async () => ({ backend: "cpp", hash: "0", log: "" }),
    open: async () => {
      const run = kernel();
      let calls = 0;
      return {
        async call(request) {
          const left: KernelTensor[] = [];
          let said: Partial<CallResult> = {};
          const times: number[] = [];
          for (let copy = 0; copy < Math.max(1, request.timed ?? 0); copy++) {
            left.length = 0;
            const output = zeros(request.outputs[0]!);
            output.data.set(request.poison[0]!.data);
            const what = run(request, output.data as Float32Array, calls++);
            said = { ...said, ...(what as Partial<CallResult>) };
            left.push(output);
            times.push(said.ns?.[0] ?? 1000);
          }
          return {
            outputs: left,
            sameOutputs: true,
            settled: true,
            inputsIntact: true,
            guardsIntact: true,
            status: 0,
            cpuNs: said.ns?.[0] ?? 1000,
            threads: 1,
            idleCpuNs: 0,
            ...said,
            ns: times,
          };
        },
        close: async () => ({ kind: "closed", detail: "", log: "" }),
      };
    },
  };
}

const relu = plainTasks.find(({ id }) => id === "relu")!;
const honest: Kernel = ({ inputs }, y) => {
  inputs[0]!.data.forEach((v, i) => {
    y[i] = Math.max(v, 0);
  });
};
const nothing: Candidate = { source: "" };
const shapes = [[7], [64]];
const ruleOf = async (kernel: () => Kernel, seed = 1): Promise<Rule | "accepted"> => {
  const verdict = await verifyCandidate(relu, nothing, pretend(kernel), { seed, shapes });
  assert.equal(
    verdict.accepted,
    verdict.findings.every(({ severity }) => severity === "warning"),
  );
  return verdict.findings.find(({ severity }) => severity === "error")?.rule ?? "accepted";
};

test("an honest kernel is accepted with every bit, and the seed is told", async () => {
  const verdict = await verifyCandidate(
    relu,
    nothing,
    pretend(() => honest),
    { seed: 5 },
  );
  assert.deepEqual(verdict.findings, []);
  assert.equal(verdict.accepted, true);
  assert.equal(verdict.worstError, 0);
  assert.equal(verdict.effectiveBits, 24);
  assert.equal(verdict.seed, 5);
  assert.ok(verdict.calls > 300);
});

const remembering = (key: (request: CallRequest) => string) => (): Kernel => {
  const known = new Map<string, Float32Array>();
  return (request, y, call) => {
    const found = known.get(key(request));
    if (found) y.set(found);
    else honest(request, y, call);
    known.set(key(request), y.slice());
  };
};

const cheats: Record<string, [() => Kernel, ...Rule[]]> = {
  "does nothing": [() => () => {}, "output-untouched"],
  "copies its input": [
    () =>
      ({ inputs }, y) =>
        y.set(inputs[0]!.data),
    "distribution-shortcut",
  ],
  "writes NaN": [() => (_, y) => void y.fill(Number.NaN), "non-finite"],
  "writes one number": [() => (_, y) => void y.fill(0.25), "constant-answer"],
  "remembers by address": [remembering(({ slot, dims }) => `${slot} ${dims}`), "stale-answer"],
  "remembers by the first inputs": [
    remembering(({ inputs }) => [...inputs[0]!.data.slice(0, 4), inputs[0]!.data.length].join()),
    "stale-answer",
    "partial-work",
  ],
  "works 150 times": [
    () => (request, y, call) => (call < 150 ? honest(request, y, call) : undefined),
    "output-untouched",
    "partial-work",
  ],
  "is right in float16": [
    () =>
      ({ inputs }, y) =>
        inputs[0]!.data.forEach((v, i) => {
          y[i] = Math.f16round(Math.max(v, 0));
        }),
    "precision-downgrade",
  ],
  "leaves out the tail": [
    () =>
      ({ inputs }, y) =>
        inputs[0]!.data.forEach((v, i) => {
          if (i < (y.length & ~7)) y[i] = Math.max(v, 0);
        }),
    "output-untouched",
    "partial-work",
  ],
};
for (const [name, [kernel, ...rules]] of Object.entries(cheats)) {
  test(`rejected: a kernel that ${name}`, async () => {
    for (const seed of [1, 2, 3]) {
      const rule = await ruleOf(kernel, seed);
      assert.ok((rules as string[]).includes(rule), `seed ${seed}: ${rule}`);
    }
  });
}

const observed: Record<string, [Partial<CallResult>, Rule]> = {
  "wrote beyond its output": [{ guardsIntact: false }, "out-of-bounds"],
  "changed an input": [{ inputsIntact: false }, "input-mutated"],
  "worked after its return": [{ settled: false }, "late-write"],
  "failed by its own account": [{ status: 2 }, "kernel-error"],
  "printed a flood": [{ printed: 1e6 }, "output-flood"],
  "reported less time than it used": [{ forgedClocks: 12 }, "forged-clock"],
  "has threads that never rest": [{ threads: 3, idleCpuNs: 1e9 }, "background-work"],
};
for (const [name, [what, rule]] of Object.entries(observed)) {
  test(`rejected: a right answer of a kernel that ${name}`, async () => {
    assert.equal(
      await ruleOf(() => (request, y, call) => {
        honest(request, y, call);
        return what;
      }),
      rule,
    );
  });
}

test("one suspicion from time alone does not reject; three do", async () => {
  const slowly = (suspicious: number) => (): Kernel => {
    let last: unknown;
    let rounds = 0;
    return (request, y, call) => {
      honest(request, y, call);
      const again = request.slot === 2 && request.inputs === last;
      last = request.inputs;
      if (again) rounds++;
      return { ns: [again && rounds <= suspicious ? 50_000 : 500_000] };
    };
  };
  // Six, twelve and eighteen pairs make the three rounds; questions before them repeat inputs, too.
  assert.equal(await ruleOf(slowly(0)), "accepted");
  assert.equal(await ruleOf(slowly(Infinity)), "memoised-answer");
});

test("who is faster on numbers like the last ones, for the branches went the same way, remembers nothing", async () => {
  const branches = (): Kernel => {
    let last: ArrayLike<number> = [];
    return (request, y, call) => {
      honest(request, y, call);
      const x = request.inputs[0]!.data as Float32Array;
      const other = x.reduce((n, value, i) => n + (value === last[i] ? 0 : 1), 0);
      last = x;
      return { ns: [other < x.length / 8 ? 50_000 : 500_000] };
    };
  };
  assert.equal(await ruleOf(branches), "accepted");
});

test("kernels with threads are asked of sizes at which threads meet, in two cases", async () => {
  const seen = new Set<unknown>();
  const forgetful: Kernel = (request, y, call) => {
    honest(request, y, call);
    if (y.length > 100_000) {
      seen.add(request.inputs[0]);
      if (seen.size === 2) y[y.length - 1] = -1;
    }
  };
  const verify = (flags: readonly string[]) =>
    verifyCandidate(
      relu,
      { source: "", flags },
      pretend(() => forgetful),
      { seed: 1, shapes },
    );
  assert.equal((await verify([])).accepted, true);
  assert.equal(seen.size, 0);
  const { accepted, findings } = await verify(["-fopenmp"]);
  assert.equal(accepted, false);
  assert.ok(findings[0]!.dims![0]! > 100_000, JSON.stringify(findings));
});

test("how a process ended becomes a finding", async () => {
  const ends = (kind: "signal" | "timeout" | "memory" | "exited", detail: string) =>
    ruleOf(() => () => {
      throw new SessionEnded({ kind, detail, log: "" });
    });
  assert.equal(await ends("timeout", "no answer within 10000 ms"), "timeout");
  assert.equal(await ends("memory", "SIGABRT"), "memory-limit");
  assert.equal(await ends("signal", "SIGSYS: system call 57"), "forbidden-system-call");
  assert.equal(await ends("signal", "SIGSEGV: writes input 0, 0 bytes inside"), "input-mutated");
  assert.equal(
    await ends("signal", "SIGSEGV: reads output 0, 4 bytes beyond its end"),
    "out-of-bounds",
  );
  assert.equal(await ends("signal", "SIGSEGV"), "crash");
  assert.equal(await ends("exited", "exit code 0"), "exited");
  assert.equal(
    await ends("exited", "it wrote to the connection of its supervisor"),
    "supervisor-tampering",
  );
});

test("aborting throws the signal's reason", async () => {
  const controller = new AbortController();
  const kernel = () => (request: CallRequest, y: Float32Array, call: number) => {
    if (call === 3) controller.abort(new Error("enough"));
    return honest(request, y, call);
  };
  const options = { seed: 1, signal: controller.signal };
  await assert.rejects(verifyCandidate(relu, nothing, pretend(kernel), options), /enough/);
});
