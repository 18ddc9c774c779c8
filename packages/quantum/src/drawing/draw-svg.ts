import { checkType } from "@daily-kernel/compute";
import { Circuit } from "../circuits/circuit.ts";
import { columnsOf, isControl, isCross } from "./columns.ts";

const ROW = 44;
const BOX = 30;
const LETTER = 7.5;
const MARGIN = 44;

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * A drawing of a circuit as a standalone SVG document; lines and letters take the colour of the text
 * around them, boxes that of the page through the CSS variable `--paper` (white where there is none).
 */
export function drawSvg(circuit: Circuit): string {
  checkType(circuit instanceof Circuit, "drawSvg", "circuit", "a Circuit", circuit);
  const y = (q: number) => ROW * q + ROW / 2;
  const marks: string[] = [];
  let x = MARGIN;
  for (const column of columnsOf(circuit)) {
    const longest = Math.max(
      ...column.flatMap(({ signs }) => [...signs.values()].map((s) => s.length)),
    );
    const width = Math.max(BOX, longest * LETTER + 12);
    const middle = x + width / 2;
    for (const { signs, first, last } of column) {
      if (first < last) marks.push(`<path d="M${middle} ${y(first)}V${y(last)}"/>`);
      for (const [q, sign] of signs) marks.push(mark(sign, middle, y(q), width));
    }
    x += width + 12;
  }
  const wires = Array.from({ length: circuit.qubits }, (_, q) => [
    `<path d="M${MARGIN - 12} ${y(q)}H${x}"/>`,
    `<text x="${MARGIN - 18}" y="${y(q) + 4}" text-anchor="end">q${q}</text>`,
  ]).flat();
  const size = [x + 12, ROW * circuit.qubits] as const;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}" role="img" fill="none" stroke="currentColor" font-family="ui-monospace, monospace" font-size="12">`,
    `<title>Quantum circuit, ${circuit.qubits} qubits, ${circuit.gates.length} gates</title>`,
    "<style>text{fill:currentColor;stroke:none}.box{fill:var(--paper,white)}.dot{fill:currentColor}</style>",
    ...wires,
    ...marks,
    "</svg>",
  ].join("\n");
}

function mark(sign: string, x: number, y: number, width: number): string {
  if (isControl(sign)) return `<circle class="dot" cx="${x}" cy="${y}" r="5"/>`;
  if (isCross(sign)) {
    return `<path d="M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x - 6} ${y + 6}L${x + 6} ${y - 6}"/>`;
  }
  return [
    `<rect class="box" x="${x - width / 2}" y="${y - BOX / 2}" width="${width}" height="${BOX}" rx="3"/>`,
    `<text x="${x}" y="${y + 4}" text-anchor="middle">${escaped(sign)}</text>`,
  ].join("\n");
}
