import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { PaperView } from "@daily-kernel/feed";
import { dayInWords, proseToText } from "@daily-kernel/feed";
import {
  type Canvas,
  createCanvas,
  GlobalFonts,
  Path2D,
  type SKRSContext2D,
} from "@napi-rs/canvas";
import { type Cell, cellSize, paintStrip } from "../strip.ts";
import { tallyOf } from "../tally.ts";
import { dayOf } from "./feed-item.ts";

const size = { width: 1200, height: 630, margin: 72 };
const ink = { paper: "#faf9f5", text: "#1d1c1a", soft: "#514e48", rule: "#e3dfd5" };
const colours: Record<Cell["verdict"], string> = {
  holds: "#0d7d5e",
  fails: "#c4391f",
  inconclusive: "#b07a0c",
  "not-measured": "#98938a",
};

const { resolve } = createRequire(import.meta.url);
let ready = false;
/** The pages' own typefaces, both subsets of each. */
function registerFonts(): void {
  if (ready) return;
  for (const family of ["newsreader", "ibm-plex-sans"])
    for (const subset of ["latin", "latin-ext"])
      GlobalFonts.register(
        readFileSync(
          resolve(`@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`),
        ),
        `${family}-${subset}`,
      );
  ready = true;
}
const serif = "newsreader-latin, newsreader-latin-ext, serif";
const sans = "ibm-plex-sans-latin, ibm-plex-sans-latin-ext, sans-serif";

/** Text in lines no wider than `width`; the last of `most` lines ends in an ellipsis if cut. */
export function breakLines(
  measure: (text: string) => number,
  text: string,
  width: number,
  most: number,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || measure(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  let last = lines[most - 1] ?? "";
  while (last !== "" && measure(`${last} …`) > width) last = last.replace(/\s*\S+$/, "");
  return [...lines.slice(0, most - 1), `${last} …`];
}

/** The paper as its link is shown elsewhere: title, authors, and the claim strip. PNG, 1200 x 630. */
export function shareImage(paper: PaperView): Promise<Buffer> {
  registerFonts();
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, size.width, size.height);
  drawWords(context, paper);
  drawStrip(context, paper.claimCells as readonly Cell[]);
  return (canvas as Canvas).encode("png");
}

function drawWords(context: SKRSContext2D, paper: PaperView): void {
  const { margin, width } = size;
  context.fillStyle = ink.soft;
  context.font = `500 28px ${sans}`;
  context.fillText("Daily Kernel", margin, margin + 10);
  context.textAlign = "right";
  context.fillText(dayInWords(dayOf(paper)), width - margin, margin + 10);
  context.textAlign = "left";
  context.fillStyle = ink.text;
  context.font = `500 60px ${serif}`;
  const measure = (text: string) => context.measureText(text).width;
  const lines = breakLines(measure, proseToText(paper.title), width - 2 * margin, 4);
  lines.forEach((line, i) => {
    context.fillText(line, margin, 170 + i * 70);
  });
  context.fillStyle = ink.soft;
  context.font = `400 28px ${sans}`;
  const names = paper.authors
    .slice(0, 4)
    .map(({ name }) => name)
    .join(", ");
  const count = `${paper.authorCount} ${paper.authorCount === 1 ? "author" : "authors"}`;
  const [by = ""] = breakLines(measure, names || count, width - 2 * margin, 1);
  context.fillText(by, margin, 170 + lines.length * 70);
}

/** The strip at the foot, in at most two lines, and what it says in words. */
function drawStrip(context: SKRSContext2D, cells: readonly Cell[]): void {
  const { margin, width, height } = size;
  context.fillStyle = ink.rule;
  context.fillRect(margin, height - 190, width - 2 * margin, 2);
  const scale = Math.min(2.4, (width - 2 * margin) / (Math.max(1, cells.length) * cellSize.step));
  context.save();
  context.translate(margin, height - 160);
  context.scale(scale, scale);
  for (const { verdict, part, d } of paintStrip(cells, Math.max(1, cells.length)))
    drawStroke(context, colours[verdict], part, new Path2D(d));
  context.restore();
  context.fillStyle = ink.text;
  context.font = `500 30px ${sans}`;
  context.fillText(tallyOf(cells) || "No claims recorded yet", margin, height - 60);
}

function drawStroke(context: SKRSContext2D, colour: string, part: string, path: Path2D): void {
  context.strokeStyle = context.fillStyle = colour;
  context.setLineDash(part === "broken" ? [2.5, 2] : []);
  context.lineWidth = part === "cross" ? 2 : part === "hatch" ? 1.2 : 1.5;
  context.globalAlpha = part === "faint" ? 0.4 : 1;
  if (part === "fill" || part === "faint") context.fill(path);
  else context.stroke(path);
  context.globalAlpha = 1;
}
