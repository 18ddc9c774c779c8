import type { Timing } from "@daily-kernel/forge";
import { Command } from "commander";
import { abortOnSignal } from "../../abort-on-signal.ts";
import type { Context } from "../../cli.ts";
import { Exit, UsageError } from "../../exit.ts";
import { jsonText } from "../../json-text.ts";
import { progressBar } from "../../progress.ts";
import { loadForge, loadForgeNode } from "./load.ts";
import { type BackendFlags, deviceOption } from "./open-backend.ts";
import { parseDims, prepare, readCandidate } from "./prepare.ts";

interface Options extends BackendFlags {
  readonly task: string;
  readonly backend: string;
  readonly dims?: number[];
  readonly baseline?: string;
  readonly flags?: string;
  readonly cold?: boolean;
  readonly json?: boolean;
}

export const benchCommand = ({ out, err }: Context) =>
  new Command("bench")
    .description("verify a kernel and time it beside a baseline; exit code 3 if it is refused")
    .argument("<file>", "the kernel's source")
    .requiredOption("--task <id>", "what it computes, such as matmul")
    .option("--backend <id>", "how it runs", "cpp")
    .option("--dims <sizes>", "the sizes to time it at, such as 512,512,512", parseDims)
    .option("--baseline <file>", "the kernel to compare with (the task's plain one)")
    .option("--flags <flags>", 'compiler flags, such as "-fopenmp"')
    .option("--cold", "with flushed caches")
    .addOption(deviceOption())
    .option("--unsafe", "run native code also where it cannot be contained")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: Options) => {
      const { task, backend, dims } = await prepare(options.task, options.backend, options, file);
      const candidate = await readCandidate(file, options.flags);
      const { machineRoofs, spaceFor } = await loadForgeNode();
      const { measure, rejecting, verifyCandidate } = await loadForge();
      const space = spaceFor(task, backend);
      const baseline = options.baseline
        ? await readCandidate(options.baseline)
        : space?.render(space.start);
      if (!baseline)
        throw new UsageError(`${task.id} has no plain kernel for ${backend.id}: give --baseline`);
      const bar = progressBar(err);
      const { signal, release } = abortOnSignal();
      try {
        const verdict = await verifyCandidate(task, candidate, backend, {
          signal,
          onProgress: (done, doing) => bar.update(done / 2, doing),
        });
        const timing = verdict.accepted
          ? await measure(task, candidate, baseline, {
              backend,
              dims,
              cold: options.cold ?? false,
              roofs: await machineRoofs(backend, { signal }),
              renewRoofs: () => machineRoofs(backend, { signal, again: true }),
              signal,
              onProgress: (done) => bar.update(0.5 + done / 2, "timing"),
            })
          : null;
        bar.stop();
        const accepted = timing !== null && !timing.flags.some((flag) => rejecting.has(flag));
        const said = { accepted, dims, findings: verdict.findings, timing };
        out.write(options.json ? jsonText(said) : words(said));
        if (!accepted) throw new Exit(3);
      } finally {
        bar.stop();
        release();
      }
    });

interface Said {
  readonly accepted: boolean;
  readonly findings: readonly { readonly rule: string; readonly evidence: string }[];
  readonly timing: Timing | null;
}

function words({ accepted, findings, timing }: Said): string {
  const lines = [accepted ? "accepted" : "refused"];
  for (const { rule, evidence } of findings) lines.push(`${rule}: ${evidence.split("\n")[0]}`);
  if (timing) {
    const ms = (ns: number) => `${(ns / 1e6).toPrecision(4)} ms`;
    const [low, high] = timing.speedupCI;
    lines.push(
      `${ms(timing.medianNs)} (interquartile range ${ms(timing.iqrNs)}), baseline ${ms(timing.baselineMedianNs)}`,
      `${timing.speedup.toPrecision(4)} times the baseline [${low.toPrecision(4)}, ${high.toPrecision(4)}], ${timing.samples} pairs, ${timing.cold ? "cold" : "warm"}, by ${timing.clock === "cpu" ? "processor time" : "the wall's clock"}`,
    );
    if (timing.rooflineFraction !== null)
      lines.push(`${(100 * timing.rooflineFraction).toFixed(1)} % of the roof`);
    if (timing.flags.length > 0) lines.push(`flags: ${timing.flags.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}
