import { readFile } from "node:fs/promises";
import type { Verdict } from "@daily-kernel/forge";
import { Command } from "commander";
import { abortOnSignal } from "../../abort-on-signal.ts";
import type { Context } from "../../cli.ts";
import { Exit, UsageError } from "../../exit.ts";
import { integer } from "../../integer.ts";
import { jsonText } from "../../json-text.ts";
import { progressBar } from "../../progress.ts";
import { findTask } from "./find-task.ts";
import { loadForge, orUsage } from "./load.ts";
import { type BackendFlags, deviceOption, openBackend } from "./open-backend.ts";

interface Options extends BackendFlags {
  readonly task: string;
  readonly backend: string;
  readonly json?: boolean;
  readonly seed?: number;
  readonly flags?: string;
  readonly grid?: string;
}

/** Infinity has no JSON: null, where nothing could be compared or something exact was not. */
const finite = (value: number) => (Number.isFinite(value) ? value : null);

function words({ accepted, findings, worstError, effectiveBits, seed, calls }: Verdict): string {
  const lines = [
    `${accepted ? "accepted" : "rejected"} after ${calls} verified calls (seed ${seed})`,
    ...findings.map(
      ({ rule, severity, evidence }) =>
        `${severity === "error" ? "✗" : "·"} ${rule}: ${evidence.split("\n").slice(0, 12).join("\n    ")}`,
    ),
  ];
  if (calls > 0)
    lines.push(
      `worst error ${worstError.toPrecision(3)} of its bound, ${effectiveBits.toFixed(1)} effective bits`,
    );
  return `${lines.join("\n")}\n`;
}

export const verifyCommand = ({ out, err }: Context) =>
  new Command("verify")
    .description("whether a kernel computes a task; exit code 0 if so, 3 if not")
    .argument("<file>", "the kernel's source")
    .requiredOption("--task <id>", "what it computes, such as softmax")
    .requiredOption("--backend <id>", "how it runs, such as cpp or wgsl")
    .option(
      "--seed <n>",
      "the master seed of all secrets (random unless given)",
      integer(0, 2 ** 32 - 1),
    )
    .option("--flags <flags>", 'compiler flags, such as "-fopenmp"')
    .option("--grid <rule>", "invocations of a WGSL kernel: element:64, row, row:64, tile:16, one")
    .addOption(deviceOption())
    .option("--unsafe", "run native code also where it cannot be contained")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: Options) => {
      const source = await readFile(file, "utf8").catch((error: Error) => {
        throw new UsageError(error.message);
      });
      const { parseGrid, verifyCandidate } = await loadForge();
      const { seed, json } = options;
      const [task, grid] = await orUsage(async () => [
        await findTask(options.task),
        options.grid === undefined ? undefined : parseGrid(options.grid),
      ]);
      const backend = await openBackend(options.backend, options, file);
      const flags = options.flags?.split(/\s+/).filter((flag) => flag !== "");
      const candidate = { source, ...(flags && { flags }), ...(grid && { grid }) };
      const bar = progressBar(err);
      const { signal, release } = abortOnSignal();
      const verdict = await verifyCandidate(task, candidate, backend, {
        ...(seed !== undefined && { seed }),
        signal,
        onProgress: bar.update,
      }).finally(() => {
        bar.stop();
        release();
      });
      const { worstError, effectiveBits } = verdict;
      out.write(
        json
          ? jsonText({ ...verdict, worstError: finite(worstError), effectiveBits })
          : words(verdict),
      );
      if (!verdict.accepted) throw new Exit(3);
    });
