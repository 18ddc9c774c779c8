import {
  type Backend,
  judgeRules,
  measureWasmRoofs,
  measureWgslRoofs,
  parseGrid,
  tasks,
  timeKernel,
  type Verdict,
  verifyCandidate,
  webWasmBackend,
  webWgslBackend,
} from "@daily-kernel/forge";
import type { Report, Request } from "../run/protocol.ts";
import type { VerdictView } from "./verdict-view.ts";

type Kernel = Extract<Request, { type: "kernel" }>;

/** Verification and timing have these shares of the progress. */
const verifying = 0.8;
/** A kernel that takes longer for a call of the verification hangs, in milliseconds. */
const patience = 5_000;

/** The reader's own GPU, or the WebAssembly of his browser; each kernel in a worker of its own. */
const backends: Readonly<Record<Kernel["language"], () => Backend>> = {
  wgsl: () =>
    webWgslBackend({
      spawn: () => new Worker(new URL("./device-worker.ts", import.meta.url), { type: "module" }),
    }),
  assemblyscript: () =>
    webWasmBackend({
      spawn: () => new Worker(new URL("./wasm-worker.ts", import.meta.url), { type: "module" }),
    }),
};
const roofsOf = { wgsl: measureWgslRoofs, assemblyscript: measureWasmRoofs };

/** Verifies a kernel on the reader's own machine, and times it if it is accepted. */
export async function tryKernel(
  { task: id, language, source, grid }: Kernel,
  { signal, report }: { signal: AbortSignal; report: (message: Report) => void },
): Promise<void> {
  const backend = backends[language]();
  const probe = await backend.probe();
  if (!probe.available) throw new Error(probe.reason);
  const task = tasks.get(id);
  const candidate = { source, ...(language === "wgsl" && { grid: parseGrid(grid) }) };
  const progress = (fraction: number, doing: string) =>
    report({ type: "progress", fraction, doing });
  const verdict = await verifyCandidate(task, candidate, backend, {
    signal,
    limits: { callTimeout: patience, compileTimeout: 20_000, memory: 2 ** 30 },
    onProgress: (done, doing) => progress(verifying * done, `Verifying: ${doing}`),
  });
  report({ type: "verdict", verdict: verdictView(verdict) });
  const adapter = probe.hardware;
  if (!verdict.accepted) return report({ type: "kernel-done", adapter, time: null });
  progress(verifying, "Measuring what the device can do");
  const roofs = await roofsOf[language](backend, { signal });
  const time = await timeKernel(task, candidate, backend, {
    roofs,
    signal,
    onProgress: (done) => progress(0.9 + 0.1 * done, "Timing"),
  });
  report({ type: "kernel-done", adapter, time });
}

const verdictView = (verdict: Verdict): VerdictView => ({
  ...verdict,
  findings: verdict.findings.map(({ rule, severity, evidence }) => ({
    rule,
    severity,
    evidence,
    meaning: judgeRules[rule as keyof typeof judgeRules],
  })),
  worstError: Number.isFinite(verdict.worstError) ? verdict.worstError : null,
});
