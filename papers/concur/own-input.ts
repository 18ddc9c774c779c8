import {
  curate,
  lengthAccuracyCurve,
  lengthSignTest,
  TracePool,
  withinTaskEffect,
} from "@daily-kernel/forge";
import { defineOwnInput } from "@daily-kernel/reproduction";
import { lengthFigure } from "./figures.ts";

const row = (taskId: string, sampleIndex: number, tokens: number, speedup: number) =>
  JSON.stringify({
    ...{ taskId, taskType: taskId.split("-")[0], sampleIndex, reasoning: "..." },
    ...{ source: `${taskId} ${sampleIndex}`, tokens },
    ...{ verdict: { accepted: speedup > 0 }, speedup },
  });

const example = [
  row("matmul-1", 0, 900, 2.4),
  row("matmul-1", 1, 2100, 1.7),
  row("matmul-1", 2, 4000, 0),
  row("matmul-2", 0, 1500, 1.1),
  row("matmul-2", 1, 700, 0),
  row("loss-1", 0, 300, 1.3),
  row("loss-1", 1, 800, 1.9),
  row("loss-2", 0, 600, 0),
].join("\n");

/** Where length and failure stand to each other within tasks, in words. */
function withinTasks(pool: TracePool): string {
  const { shorterIsRight, longerIsRight } = lengthSignTest(pool);
  if (shorterIsRight + longerIsRight === 0) return "no task has both right and wrong samples";
  const votes = `right samples are shorter in ${shorterIsRight} tasks, longer in ${longerIsRight}`;
  try {
    const { logOddsPerDoubling, interval } = withinTaskEffect(pool);
    const [low, high] = interval.map((end) => end.toFixed(2));
    return `${votes}; log-odds for each doubling ${logOddsPerDoubling.toFixed(2)} (${low} to ${high})`;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
    return `${votes}; too few for a regression`;
  }
}

/** The rule on a pool of the reader's own. */
export const ownInput = defineOwnInput({
  fields: {
    pool: {
      kind: "text",
      label: "Paste samples as JSON lines, as `forge curate` takes them.",
      example,
    },
    rule: {
      kind: "choice",
      label: "Rule",
      options: [
        { value: "concise", label: "shortest and fastest" },
        { value: "fastest-per-task", label: "fastest, whatever its length" },
      ],
      initial: "concise",
    },
    perType: {
      kind: "integer",
      label: "At most, of each type",
      min: 1,
      max: 100_000,
      initial: 100,
    },
  },
  live: true,
  async run({ pool: text, rule, perType }, lab) {
    const pool = await TracePool.fromJsonl([text], { signal: lab.signal });
    const { selected, report } = curate(pool, {
      rule: rule === "concise" ? "concise" : "fastest-per-task",
      perType,
    });
    const dropped = Object.entries(report.dropped).filter(([, n]) => n > 0);
    const shown = selected.slice(0, 50).map((t) => `${t.taskId} #${t.sampleIndex}`);
    return {
      facts: [
        { label: "samples", value: `${report.samples} of ${report.tasks} tasks` },
        { label: "selected", value: `${report.selected}: ${shown.join(", ")}` },
        { label: "of these without a rival in their task", value: String(report.trivial) },
        { label: "dropped", value: dropped.map(([why, n]) => `${why} ${n}`).join(", ") || "none" },
        { label: "within tasks", value: withinTasks(pool) },
      ],
      figures: pool.size > 0 ? [lengthFigure(lengthAccuracyCurve(pool))] : [],
    };
  },
});
