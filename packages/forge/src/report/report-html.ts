import type { RunFigure, RunReport, RunRow } from "./run-report.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const text = (raw: string) => raw.replace(/[&<>"]/g, (c) => entities[c]!);

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; font-size: 0.85rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
figure { margin: 2rem 0; }
figure svg { max-width: 100%; height: auto; }
pre { overflow-x: auto; font-size: 0.8rem; padding: 1rem; background: color-mix(in srgb, currentColor 6%, transparent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dd { margin: 0; }`;

const number = (value: number | null, unit: string, digits = 3) =>
  `<td class="number">${value === null ? "" : `${value.toPrecision(digits)}${unit}`}</td>`;

const row = (each: RunRow) => `<tr>
<td class="number">${each.round + 1}</td>
<td class="number">${each.from === null ? "" : each.from + 1}</td>
<td>${text(each.changes)}</td>
<td>${text(each.outcome)}</td>
${number(each.nanoseconds === null ? null : each.nanoseconds / 1e6, " ms", 4)}
${number(each.speedup, " x")}
${number(each.roofline === null ? null : 100 * each.roofline, " %")}
<td>${text(each.advice)}</td>
</tr>`;

const table = (caption: string, rows: readonly RunRow[]) => `<h2>${caption}</h2>
<div class="scroll"><table>
<thead><tr><th>Candidate</th><th>From</th><th>What changed</th><th>Outcome</th><th>Time</th><th>Speedup</th><th>Of the roof</th><th>What the Judge said</th></tr></thead>
<tbody>
${rows.map(row).join("\n")}
</tbody></table></div>`;

/** A run as one self-contained HTML page; `draw` makes standalone SVG of a figure. */
export function forgeReportHtml(
  { title, facts, figures, rows, lineage, source }: RunReport,
  draw: (figure: RunFigure) => string,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(title)}</h1>
<dl>
${Object.entries(facts)
  .map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`)
  .join("\n")}
</dl>
${figures
  .map(
    (figure) => `<figure>
<h2>${text(figure.title)}</h2>
${draw(figure)}
<figcaption>${text(figure.caption)}</figcaption>
</figure>`,
  )
  .join("\n")}
${table("From the first kernel to the best", lineage)}
${table("All candidates", rows)}
${source === null ? "" : `<h2>The best kernel</h2>\n<pre><code>${text(source)}</code></pre>`}
</body>
</html>
`;
}
