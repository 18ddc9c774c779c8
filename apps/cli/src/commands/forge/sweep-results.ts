import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figureToSvg } from "@daily-kernel/reproduction/svg";
import type { CellOutcome, CellResult } from "@daily-kernel/service";
import { Command } from "commander";
import type { Context } from "../../cli.ts";
import { jsonText } from "../../json-text.ts";
import { operate } from "../../operate.ts";
import { loadForge, loadForgeNode } from "./load.ts";
import { cellCounts, columns } from "./sweep-text.ts";

interface Options {
  readonly json?: boolean;
  readonly out?: string;
}

export const sweepResultsCommand = (context: Context) =>
  new Command("results")
    .description("what a sweep has found, machine by machine: verified kernels and their times")
    .argument("<sweep>", "its name or id")
    .option("--json", "print one JSON object")
    .option("--out <dir>", "write results.json and, for each cell, report, history, best kernel")
    .action(async (id: string, { json, out: folder }: Options) => {
      const { out, err } = context;
      const history = folder !== undefined;
      const { sweep, cells } = await operate(context, "sweepResults", { id, history });
      const found = { sweep, cells: cells.map(({ history: _, ...cell }) => cell) };
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "results.json"), jsonText(found));
        for (const cell of cells) await writeCell(folder, cell);
        err.write(`results: ${folder}\n`);
      }
      out.write(json ? jsonText(found) : `${sweep.name}: ${cellCounts(sweep)}\n${tables(cells)}`);
    });

/** A table for each machine: times of one are not comparable with those of another. */
function tables(cells: readonly CellOutcome[]): string {
  const done = cells.filter(({ state }) => state === "done");
  const groups = [...Map.groupBy(done, ({ machine }) => machine ?? "")];
  const apart = groups.length > 1 ? "times of different machines are not comparable\n" : "";
  return (
    apart +
    groups
      .map(
        ([machine, group]) =>
          `\non ${machine}\n${columns([
            ["cell", "task", "back end", "seed", "time", "times the baseline", "of the roof", ""],
            ...group.map(row),
          ])}`,
      )
      .join("")
  );
}

const resultOf = (cell: CellOutcome) => cell.result as CellResult;

function row(cell: CellOutcome): string[] {
  const result = resultOf(cell);
  const accepted = result.kind === "improve" ? result.final !== null : result.accepted;
  const timing = accepted ? (result.kind === "improve" ? result.final : result.timing) : null;
  const told = timing
    ? [
        `${(timing.medianNs / 1e6).toPrecision(4)} ms`,
        `${timing.speedup.toPrecision(3)} [${timing.speedupCI.map((x) => x.toPrecision(3)).join(", ")}]`,
        timing.rooflineFraction === null ? "" : `${(100 * timing.rooflineFraction).toFixed(1)} %`,
      ]
    : ["", "", ""];
  const id = [String(cell.position), cell.task, cell.backend, String(cell.seed)];
  return [...id, ...told, remark(result, accepted)];
}

/** The candidates of a search, with machines where there were several; or why a kernel is refused. */
function remark(result: CellResult, accepted: boolean): string {
  if (result.kind === "bench") {
    if (accepted) return result.timing!.flags.join(", ");
    const rule = result.findings.find(({ severity }) => severity === "error")?.rule;
    return `refused: ${rule ?? result.timing?.flags.join(", ")}`;
  }
  const hosts = new Set(result.attempts.map(({ machine }) => machine.replace(/ \(.*/, "")));
  const where = hosts.size > 1 ? `, on ${[...hosts].join(" and ")}` : "";
  const none = accepted ? "" : ", none correct";
  return `${result.evaluations} evaluated${none}${where}`;
}

/** `3-hpc-gemm-cpp-1/report.html`, `history.jsonl`, `best.cpp`. */
async function writeCell(folder: string, cell: CellOutcome): Promise<void> {
  const { position, task, backend, seed, history = [] } = cell;
  const place = join(folder, `${position}-${task.replaceAll("/", "-")}-${backend}-${seed}`);
  if (history.length > 0) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "history.jsonl"), history.map(({ line }) => `${line}\n`).join(""));
  }
  const result = resultOf(cell);
  if (result?.kind !== "improve") return;
  mkdirSync(place, { recursive: true });
  const { forgeReportHtml } = await loadForge();
  const { backendById } = await loadForgeNode();
  writeFileSync(join(place, "report.html"), forgeReportHtml(result.report, figureToSvg));
  if (result.best)
    writeFileSync(join(place, `best.${backendById(backend).language}`), result.best.source);
}
