import { createReadStream } from "node:fs";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import type { CurationReport, PerType, StreamOptions, Trace } from "@daily-kernel/forge";
import { Command, InvalidArgumentError, Option } from "commander";
import { abortOnSignal } from "../../abort-on-signal.ts";
import type { Context } from "../../cli.ts";
import { UsageError } from "../../exit.ts";
import { integer } from "../../integer.ts";
import { jsonText } from "../../json-text.ts";
import { progressBar } from "../../progress.ts";
import { loadForge } from "./load.ts";

const names = ["concise", "fastest-per-task", "random", "shortest", "longest", "fastest"] as const;

interface Options {
  readonly rule: (typeof names)[number];
  readonly n?: number;
  readonly perType?: PerType;
  readonly minSpeedup: number;
  readonly maxTokens?: number;
  readonly duplicates: "pool" | "task";
  readonly seed: number;
  readonly dropInvalid?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

const count = integer(0, Number.MAX_SAFE_INTEGER);

/** `100`, or `matmul=100,loss=50`. */
function perType(text: string): PerType {
  if (!text.includes("=")) return count(text);
  const quotas = text.split(",").map((part) => {
    const at = part.lastIndexOf("=");
    if (at < 1) throw new InvalidArgumentError("It must be a number or type=number,type=number.");
    return [part.slice(0, at), count(part.slice(at + 1))] as const;
  });
  return Object.fromEntries(quotas);
}

function decimal(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("It must be a number from 0.");
  return value;
}

const reasons: Record<keyof CurationReport["dropped"], string> = {
  invalid: "no traces",
  incorrect: "incorrect kernels",
  tooLong: "traces above --max-tokens",
  duplicate: "duplicates of a sample with a shorter trace",
  disagreement: "of tasks whose shortest trace did not give the fastest kernel",
  notChosen: "others of the task (or the pool) were preferred",
  slow: "no faster than --min-speedup",
  quota: "beyond --per-type",
};

function words(report: CurationReport): string {
  const share = (n: number) => (report.selected ? ((100 * n) / report.selected).toFixed(0) : "0");
  const row = (n: number, what: string) => `${String(n).padStart(9)}  ${what}\n`;
  const dropped = Object.entries(reasons)
    .map(([reason, what]) => [report.dropped[reason as keyof typeof reasons], what] as const)
    .filter(([n]) => n > 0);
  return [
    row(report.samples, `samples of ${report.tasks} tasks, ${report.solvedTasks} of them solved`),
    ...dropped.map(([n, what]) => row(n, `dropped: ${what}`)),
    row(report.selected, `selected by ${report.rule}`),
    row(report.trivial, `of these without a rival in their task (${share(report.trivial)} %)`),
    ...Object.entries(report.byType).map(([type, { selected, correct, samples }]) =>
      row(selected, `${type}: of ${correct} correct, ${samples} in all`),
    ),
    ...report.invalid.map(({ message }) => `           ${message}\n`),
  ].join("");
}

/** Writes all or nothing. */
async function write(file: string, traces: readonly Trace[]): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await writeFile(
      temporary,
      (function* () {
        for (const trace of traces) yield `${JSON.stringify(trace)}\n`;
      })(),
    );
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError((error as Error).message);
  }
}

export const curateCommand = ({ out, err }: Context) =>
  new Command("curate")
    .description("select kernels and their reasoning for fine-tuning from a pool of JSON lines")
    .argument("<pool>", "a JSON line a sample: taskId, taskType, sampleIndex, reasoning, ...")
    .addOption(new Option("--rule <name>", "what to select").choices(names).default("concise"))
    .option("--n <n>", "how many, for random, shortest, longest and fastest", count)
    .option("--per-type <n>", "at most so many a type, or matmul=100,loss=50", perType)
    .option("--min-speedup <x>", "only kernels faster than x times the baseline", decimal, 1)
    .option("--max-tokens <n>", "only traces of at most n tokens", integer(1, 2 ** 32 - 1))
    .addOption(
      new Option("--duplicates <where>", "equal sources are one sample in the whole pool or a task")
        .choices(["pool", "task"])
        .default("pool"),
    )
    .option("--seed <n>", "of random", count, 0)
    .option("--drop-invalid", "count lines that are no traces and go on")
    .option("--out <file>", "write the selected samples there as JSON lines")
    .option("--json", "print the report as one JSON object")
    .action(async (pool: string, { dropInvalid, out: file, json, ...given }: Options) => {
      const { curateJsonl, TraceError } = await loadForge();
      const size = await stat(pool).then(
        (found) => {
          if (found.isFile()) return found.size;
          throw new UsageError(`${pool} is no file; the pool is read twice`);
        },
        (error: Error) => {
          throw new UsageError(error.message);
        },
      );
      const bar = progressBar(err);
      const { signal, release } = abortOnSignal();
      const options: StreamOptions = {
        ...given,
        invalid: dropInvalid ? "drop" : "throw",
        signal,
        onProgress: (read) =>
          bar.update(read / (2 * size), read <= size ? "reading" : "collecting what was selected"),
      };
      const { selected, report } = await curateJsonl(
        () => createReadStream(pool, { highWaterMark: 1 << 20 }),
        options,
      )
        .catch((error: Error & { code?: string }) => {
          if (error instanceof TraceError) throw new UsageError(`${pool}, ${error.message}`);
          if (error.code === "ERR_TYPE" || error.code === "ERR_DOMAIN")
            throw new UsageError(error.message);
          throw error;
        })
        .finally(() => {
          bar.stop();
          release();
        });
      if (file !== undefined) await write(file, selected);
      out.write(json ? jsonText(report) : words(report));
    });
