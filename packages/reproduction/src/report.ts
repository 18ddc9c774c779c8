import { describeCriterion } from "./criterion.ts";
import { describeMeasurement, describeReported } from "./describe.ts";
import { tally } from "./ledger.ts";
import type { ClaimOutcome, RunRecord } from "./record.ts";
import { figureToSvg } from "./svg.ts";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const text = (raw: string) => raw.replace(/[&<>"]/g, (c) => entities[c]!);

const row = (claim: ClaimOutcome) => `<tr>
<td>${text(claim.statement)}</td>
<td>${text(describeReported(claim.reported))}</td>
<td>${text(claim.quantity)} ${text(describeCriterion(claim.holdsIf))}</td>
<td>${text(describeMeasurement(claim))}</td>
<td class="${claim.verdict}">${claim.verdict}${claim.scale === "simulated" ? " (simulated)" : ""}</td>
</tr>`;

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
td:last-child { white-space: nowrap; font-weight: 600; }
figure { margin: 2rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dd { margin: 0; }`;

/** A run as one self-contained HTML page: the claims, the figures and where it was measured. */
export function reportHtml(title: string, record: RunRecord): string {
  const { machine } = record;
  const facts = {
    preset: record.preset,
    seed: String(record.seed),
    device: `${record.device}, ${record.threads} thread${record.threads === 1 ? "" : "s"}`,
    machine: `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, ${machine.runtime}`,
    commit: record.commit ? record.commit + (record.dirty ? " (with changes)" : "") : "unknown",
    started: record.startedAt,
    took: `${record.seconds.toFixed(1)} s`,
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}: ${record.preset} run</title>
<style>${style}</style>
</head>
<body>
<h1>${text(title)}</h1>
<p>${text(tally(record.claims))}</p>
<table>
<thead><tr><th>Claim</th><th>Reported</th><th>Holds if</th><th>Measured</th><th>Verdict</th></tr></thead>
<tbody>
${record.claims.map(row).join("\n")}
</tbody>
</table>
${record.figures
  .map(
    (figure) => `<figure>
<h2>${text(figure.title)}</h2>
${figureToSvg(figure)}
<figcaption>${text(figure.caption)}</figcaption>
</figure>`,
  )
  .join("\n")}
<h2>The run</h2>
<dl>
${Object.entries(facts)
  .map(([name, value]) => `<dt>${name}</dt><dd>${text(value)}</dd>`)
  .join("\n")}
</dl>
</body>
</html>
`;
}
