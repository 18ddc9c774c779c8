import { globSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Strategy } from "@daily-kernel/forge";
import type { SweepArgs } from "@daily-kernel/service";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Context } from "../../cli.ts";
import { UsageError } from "../../exit.ts";
import { integer } from "../../integer.ts";
import { jsonText } from "../../json-text.ts";
import { loadService, operate } from "../../operate.ts";
import { orUsage } from "./load.ts";
import { parseDims } from "./prepare.ts";
import { cellCounts } from "./sweep-text.ts";

interface Options {
  readonly kind: "improve" | "bench";
  readonly tasks?: string[];
  readonly category?: string;
  readonly backends: string[];
  readonly dims?: number[];
  readonly evaluations: number;
  readonly strategy: Strategy;
  readonly seed: number[];
  readonly kernels?: string;
  readonly flags?: string;
  readonly grid?: string;
  readonly name?: string;
  readonly json?: boolean;
}

function list(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError(`expected names like a,b,c, got ${text}`);
  return parts;
}

const seeds = (text: string) => list(text).map(integer(0, 2 ** 32 - 1));

export const sweepStartCommand = (context: Context) =>
  new Command("start")
    .description("put a cell in the queue for every task, back end and seed")
    .addOption(
      new Option("--kind <kind>", "search for fast kernels, or verify and time those of a folder")
        .choices(["improve", "bench"])
        .default("improve"),
    )
    .option("--tasks <ids>", "tasks, such as matmul,softmax", list)
    .option("--category <name>", "in place of --tasks: those of a category that can be done")
    .requiredOption("--backends <ids>", "back ends, such as cpp,openmp", list)
    .option("--dims <sizes>", "the sizes to be fast at, such as 512,512,512", parseDims)
    .option("--evaluations <n>", "improve: candidates a cell", integer(1, 100_000), 30)
    .addOption(
      new Option("--strategy <name>", "improve: how templates are chosen")
        .choices(["advised", "random", "hill-climb", "anneal"])
        .default("advised"),
    )
    .option("--seed <list>", "seeds, such as 1,2,3: a cell each", seeds, [1])
    .option("--kernels <dir>", "bench: a folder with <task>.cpp (and <task>.baseline.cpp)")
    .option("--flags <flags>", 'bench: compiler flags, such as "-O2"')
    .option("--grid <rule>", "bench: invocations of WGSL kernels, such as row:64")
    .option("--name <name>", "what to call it (improve-... or bench-...)")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
The cells wait until daily-kernel worker, or a server with WORKERS, takes them: on this machine,
or on any with the same DATABASE_URL. A worker takes the cells of the back ends that forge doctor
finds there. With --kernels, files of a folder named after a back end go first: openmp/relu.cpp.`,
    )
    .action(async (options: Options) => {
      const { json, seed, kernels, flags, ...rest } = options;
      if (rest.kind === "bench" && kernels === undefined)
        throw new UsageError("bench needs --kernels: the folder with the kernels");
      const args: SweepArgs = {
        ...rest,
        seeds: seed,
        ...(kernels !== undefined && { kernels: readKernels(kernels) }),
        ...(flags !== undefined && { flags: flags.split(/\s+/).filter(Boolean) }),
      };
      const { planSweep } = await loadService();
      // What cannot be is told before anything is opened.
      await orUsage(() => planSweep(args));
      const { sweep, leftOut } = await operate(context, "sweepStart", args);
      for (const reason of leftOut) context.err.write(`left out: ${reason}\n`);
      context.out.write(
        json
          ? jsonText(sweep)
          : `${sweep.name}: ${cellCounts(sweep)}\ndaily-kernel forge sweep status ${sweep.name} shows how it is getting on\n`,
      );
    });

const endings = "{cpp,cu,f90,cl,py,ts,wgsl}";

/** The sources in a folder, by their path in it. */
function readKernels(folder: string): Record<string, string> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`there is no folder ${folder}`);
  const files = globSync(`**/*.${endings}`, { cwd: folder });
  return Object.fromEntries(
    files.map((file) => [file.split(sep).join("/"), readFileSync(join(folder, file), "utf8")]),
  );
}
