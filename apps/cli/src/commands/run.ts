import {
  type Device,
  describeMeasurement,
  describeReported,
  type Preset,
  type RunRecord,
  tally,
} from "@daily-kernel/reproduction";
import { isBuilt } from "@daily-kernel/reproduction/node";
import { measure } from "@daily-kernel/service/measure";
import { Command, Option } from "commander";
import { abortOnSignal } from "../abort-on-signal.ts";
import type { Context } from "../cli.ts";
import { Exit, UsageError } from "../exit.ts";
import { findPaper } from "../find-paper.ts";
import { gpuName, nodeGpu, rerunWithSoftwareGpu } from "../gpu.ts";
import { integer } from "../integer.ts";
import { jsonText } from "../json-text.ts";
import { progressBar } from "../progress.ts";
import { verdictMark, wrap } from "../text.ts";
import { writeOut, writeRecord } from "../write.ts";

interface Options {
  preset: Preset;
  seed: number;
  device: Device;
  threads?: number;
  json?: boolean;
  out?: string;
  record?: boolean;
}

export const runCommand = ({ root, argv, out, err }: Context) =>
  new Command("run")
    .description("measure a paper's claims")
    .argument("<slug>", "the paper's slug or arXiv identifier")
    .addOption(
      new Option("--preset <name>", "quick (seconds) or full (minutes)")
        .choices(["quick", "full"])
        .default("quick"),
    )
    .option("--seed <n>", "seed of every random stream", integer(0, Number.MAX_SAFE_INTEGER), 1)
    .addOption(
      new Option("--device <name>", "where the arithmetic runs")
        .choices(["wasm", "webgpu"])
        .default("wasm"),
    )
    .option("--threads <n>", "threads to use (default: all cores)", integer(1, 256))
    .option("--json", "print the record as one JSON object")
    .option("--out <dir>", "write an HTML report, the figures and the record there")
    .option("--record", "keep the record in the ledger, under papers/<slug>/records")
    .action(async (slug: string, options: Options) => {
      const paper = await findPaper(root, slug);
      if (!isBuilt(root, paper.slug))
        throw new UsageError(`${paper.slug} is not built yet: it has claims, but no reproduction`);
      if (options.device === "webgpu") {
        const code = await rerunWithSoftwareGpu(argv);
        if (code !== null) throw new Exit(code);
      }
      const { preset, seed, device, threads } = options;
      const bar = progressBar(err);
      const { signal } = abortOnSignal();
      const record = await measure({
        root,
        slug: paper.slug,
        preset,
        seed,
        device,
        threads,
        gpu: async () => {
          const found = await nodeGpu();
          return { device: found, name: gpuName(found) };
        },
        signal,
        onEvent: (event) => event.type === "progress" && bar.update(event.fraction, event.doing),
      }).finally(() => bar.stop());
      if (options.record) err.write(`recorded in ${writeRecord(root, record)}\n`);
      if (options.out) err.write(`report: ${writeOut(options.out, paper.title, record)}\n`);
      out.write(options.json ? jsonText(record) : describe(paper.title, record));
    });

function describe(title: string, record: RunRecord): string {
  const claims = record.claims.flatMap((claim) => [
    wrap(`${verdictMark(claim)} ${claim.statement}`),
    `    reported  ${describeReported(claim.reported)}`,
    `    measured  ${describeMeasurement(claim)}`,
    "",
  ]);
  const end = `${tally(record.claims)} (${record.preset}, seed ${record.seed}, ${record.seconds.toFixed(1)} s)`;
  return `${[title, "", ...claims, end].join("\n")}\n`;
}
