import { readFile } from "node:fs/promises";
import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { UsageError } from "../../exit.ts";
import { jsonText } from "../../json-text.ts";
import { progressBar } from "../../progress.ts";

/** Beside the model: what simpler predictors say, trained on the same samples. */
const beside = ["roofline", "ridge", "mean"] as const;

const units: Record<string, string> = {
  vectorRegisters: "x86 vector registers",
  instructions: "x86 instructions",
  reciprocalThroughput: "cycles, reciprocal throughput of the text",
  blockCycles: "static block cycles",
  spills: "x86 spills and reloads",
  vgprs: "gfx90a vector registers",
  valuInstructions: "gfx90a vector instructions",
  dynamicInstructions: "x86 instructions executed",
  nanoseconds: "ns a call",
};

export const costCommand = ({ out, err }: Context) =>
  new Command("cost")
    .description("predict what MLIR functions will cost, before any lowering")
    .argument("<file>", "MLIR text, generic or pretty; one prediction for each function")
    .option("--accept-unknown", "predict also where the model has never seen a dialect")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: { acceptUnknown?: boolean; json?: boolean }) => {
      const text = await readFile(file, "utf8").catch((error: Error) => {
        throw new UsageError(error.message);
      });
      const bar = progressBar(err);
      try {
        bar.update(0.1, "loading the model");
        const { predictFile } = await import("./cost-predictions.ts");
        const report = await predictFile(text, beside, options.acceptUnknown === true, (done) =>
          bar.update(done, "training the baselines"),
        );
        bar.stop();
        out.write(options.json ? jsonText(report) : words(report));
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        if (code === "ERR_MLIR_SYNTAX" || code === "ERR_UNKNOWN_DIALECT") {
          throw new UsageError(`${file}: ${message}`);
        }
        throw error;
      } finally {
        bar.stop();
      }
    });

type Report = Awaited<ReturnType<typeof import("./cost-predictions.ts").predictFile>>;

function words({ functions, model }: Report): string {
  const lines = [
    `model: ${model.kind}, ${model.samples} samples, LLVM ${model.llvm}, ${model.cpu} and gfx90a`,
  ];
  if (functions.length === 0) lines.push("no function with a body");
  const cell = (value: number) => value.toPrecision(3).padStart(10);
  for (const { name, predictions, baselines, warnings } of functions) {
    lines.push(
      "",
      `@${name}`,
      `  ${["model", ...beside].map((word) => word.padStart(10)).join("")}`,
    );
    for (const [target, value] of Object.entries(predictions)) {
      const others = beside.map((baseline) => cell(baselines[baseline]![target]!)).join("");
      lines.push(`  ${cell(value)}${others}  ${units[target] ?? target}`);
    }
    for (const { code, dropped } of warnings) {
      lines.push(`  ${code}: ${(100 * dropped).toFixed(0)} % of the tokens were not read`);
    }
  }
  return `${lines.join("\n")}\n`;
}
