import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseRecord, type RunRecord } from "@daily-kernel/reproduction";
import { figureToSvg, reportHtml } from "@daily-kernel/reproduction/node";
import { jsonText } from "./json-text.ts";

/** Writes a file whole or not at all. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.part`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Lower case, words joined by hyphens: fit for a file name. */
const slugify = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/**
 * Keeps a record under the room, one a preset, device and machine; returns the file's name.
 * @throws TypeError for a record that the ledger would refuse; the one that is there stays.
 */
export function writeRecord(root: string, record: RunRecord): string {
  const text = jsonText(record);
  parseRecord(JSON.parse(text));
  const { cpu, cores, platform } = record.machine;
  const machine = slugify(`${platform} ${cpu} ${cores}`);
  const file = join(
    "papers",
    record.slug,
    "records",
    `${record.preset}-${record.device}-${machine}.json`,
  );
  writeWhole(join(root, file), text);
  return file;
}

/** Writes `report.html`, `record.json` and one SVG a figure; returns the report's name. */
export function writeOut(folder: string, title: string, record: RunRecord): string {
  for (const figure of record.figures)
    writeWhole(join(folder, `${slugify(figure.id)}.svg`), figureToSvg(figure));
  writeWhole(join(folder, "record.json"), jsonText(record));
  const report = join(folder, "report.html");
  writeWhole(report, reportHtml(title, record));
  return report;
}
