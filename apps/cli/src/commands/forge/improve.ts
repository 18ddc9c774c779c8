import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Strategy } from "@daily-kernel/forge";
import type { Improvement, ImproveOptions } from "@daily-kernel/forge/node";
import { figureToSvg } from "@daily-kernel/reproduction/svg";
import { Command, Option } from "commander";
import { abortOnSignal } from "../../abort-on-signal.ts";
import type { Context } from "../../cli.ts";
import { Exit, UsageError } from "../../exit.ts";
import { integer } from "../../integer.ts";
import { jsonText } from "../../json-text.ts";
import { progressBar } from "../../progress.ts";
import { loadForge, loadForgeNode } from "./load.ts";
import { type BackendFlags, deviceOption } from "./open-backend.ts";
import { parseDims, prepare, readCandidate } from "./prepare.ts";

interface Options extends BackendFlags {
  readonly task: string;
  readonly backend: string;
  readonly dims?: number[];
  readonly evaluations: number;
  readonly coder: "template" | "llm";
  readonly strategy: Strategy;
  readonly seed: number;
  readonly baseline?: string;
  readonly maxSeconds?: number;
  readonly maxTokens?: number;
  readonly out?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

export const improveCommand = ({ out, err }: Context) =>
  new Command("improve")
    .description(
      "search for a fast kernel, every candidate verified; exit code 3 if none is correct",
    )
    .requiredOption("--task <id>", "what it computes, such as matmul")
    .option("--backend <id>", "how it runs", "cpp")
    .option("--dims <sizes>", "the sizes to be fast at, such as 512,512,512", parseDims)
    .option("--evaluations <n>", "candidates that are verified and timed", integer(0, 100_000), 30)
    .addOption(
      new Option("--coder <kind>", "templates with rules, or the model that FORGE_MODEL names")
        .choices(["template", "llm"])
        .default("template"),
    )
    .addOption(
      new Option("--strategy <name>", "how templates are chosen")
        .choices(["advised", "random", "hill-climb", "anneal"])
        .default("advised"),
    )
    .option("--seed <n>", "seed of the search", integer(0, 2 ** 32 - 1), 1)
    .option("--baseline <file>", "the kernel that speedups are over (the task's plain one)")
    .option("--max-seconds <n>", "end after so many seconds", integer(1, 1e9))
    .option("--max-tokens <n>", "end after so many tokens of a model", integer(1, 1e12))
    .option("--out <dir>", "write history, report and the best kernel there")
    .option("--resume", "go on with the history in --out")
    .addOption(deviceOption())
    .option("--unsafe", "run native code also where it cannot be contained")
    .option("--json", "print one JSON object")
    .action(async (options: Options) => {
      const { task, backend, dims } = await prepare(options.task, options.backend, options);
      const { evaluations, seed, strategy, unsafe = false } = options;
      const { improve, fileHistory } = await loadForgeNode();
      const history = options.out && fileHistory(historyIn(options.out, options.resume));
      const bar = progressBar(err);
      const { signal, release } = abortOnSignal();
      const result = await improve({
        task,
        dims,
        backend,
        evaluations,
        seed,
        strategy,
        unsafe,
        ...(options.baseline && { baseline: await readCandidate(options.baseline) }),
        ...(options.coder === "llm" && (await askModel())),
        ...(history && { history }),
        budget: {
          ...(options.maxSeconds && { seconds: options.maxSeconds }),
          ...(options.maxTokens && { tokens: options.maxTokens }),
        },
        signal,
        onProgress: bar.update,
      })
        .catch((error: Error & { code?: string }) => {
          const told = ["ERR_NO_TEMPLATE", "ERR_MODEL_UNAVAILABLE", "ERR_HISTORY_MISMATCH"];
          if (told.includes(error.code ?? "")) throw new UsageError(error.message);
          throw error;
        })
        .finally(() => {
          bar.stop();
          release();
        });
      const report = (await loadForge()).runReport({
        task,
        dims,
        backend: backend.id,
        result,
        roofs: result.roofs,
        final: result.final,
      });
      if (options.out) {
        const { forgeReportHtml } = await loadForge();
        writeFileSync(join(options.out, "report.html"), forgeReportHtml(report, figureToSvg));
        if (result.best)
          writeFileSync(join(options.out, `best.${backend.language}`), result.best.proposal.source);
        err.write(`report: ${join(options.out, "report.html")}\n`);
      }
      out.write(
        options.json ? jsonText(summary(task.id, dims, result)) : words(report.facts, result),
      );
      if (!result.best) throw new Exit(3);
    });

/** The file of events; without --resume an old one must not be mixed with new ones. */
function historyIn(folder: string, resume = false): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "history.jsonl");
  if (!resume && existsSync(file)) rmSync(file);
  return file;
}

async function askModel(): Promise<Pick<ImproveOptions, "coder" | "judge">> {
  const { llmCoder, llmJudge, modelFromEnvironment } = await loadForge();
  try {
    const model = modelFromEnvironment(process.env);
    return { coder: llmCoder(model), judge: llmJudge(model) };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

const summary = (task: string, dims: readonly number[], result: Improvement) => ({
  task,
  dims,
  evaluations: result.evaluations,
  stopped: result.stopped,
  seconds: result.seconds,
  bound: result.bound,
  final: result.final,
  best: result.best && {
    round: result.best.round,
    point: result.best.proposal.point ?? null,
    source: result.best.proposal.source,
    flags: result.best.proposal.flags ?? [],
    speedup: result.best.timing!.speedup,
  },
  attempts: result.attempts.map(({ round, proposal, check, timing, correct }) => ({
    round,
    point: proposal.point ?? null,
    outcome: check.outcome,
    correct,
    speedup: timing?.speedup ?? null,
    medianNs: timing?.medianNs ?? null,
  })),
});

const words = (facts: Readonly<Record<string, string>>, { best }: Improvement) =>
  `${[
    ...Object.entries(facts).map(([name, value]) => `${name}: ${value}`),
    ...(best?.proposal.point
      ? [
          `template: ${Object.entries(best.proposal.point)
            .map(([name, value]) => `${name} ${value}`)
            .join(", ")}`,
        ]
      : []),
  ].join("\n")}\n`;
