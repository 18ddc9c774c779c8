import { atMost } from "./criterion.ts";
import { definePaper } from "./paper.ts";
import type { RunRecord } from "./record.ts";
import { defineRoom } from "./room.ts";

/** A small paper for the tests: the mean of uniform draws, its spread, and a claim left out. */
export const fixturePaper = definePaper({
  slug: "fixture",
  title: "On Means",
  arxiv: "2401.00001",
  submitted: "2024-01-01",
  authors: ["A. Author"],
  authorCount: 1,
  topics: ["statistics"],
  summary: "A fixture.",
  links: [],
  library: "compute",
  claims: [
    {
      id: "mean",
      statement: "The mean of 1000 uniform draws is close to one half.",
      reported: { value: 0.5, setting: "table 1" },
      scale: "paper",
      quantity: "distance of the mean from one half",
      holdsIf: atMost(0.05),
    },
    {
      id: "bits",
      statement: "The first draw is below one.",
      reported: null,
      scale: "desk",
      quantity: "the first draw",
      holdsIf: atMost(1),
    },
    {
      id: "later",
      statement: "Nobody measures this.",
      reported: null,
      scale: "simulated",
      quantity: "nothing",
      holdsIf: atMost(0),
    },
  ],
});

/** Its room. `uniform` is the subject: a wrong one must fail the first claim. */
export const fixtureRoom = defineRoom({
  paper: fixturePaper,
  subject: { uniform: (draw: () => number) => draw() },
  async run(lab, { uniform }) {
    const rng = lab.rng("draws");
    const n = 1000;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum += uniform(() => rng.uniform());
      if (i % 250 === 0) await lab.progress(i / n, "drawing");
    }
    lab.measure("mean", { kind: "rounding", tolerance: 1e-12, value: Math.abs(sum / n - 0.5), n });
    lab.measure("bits", { kind: "exact", value: lab.rng("bits").uniform(), n: 1 });
    lab.figure({
      id: "means",
      title: "Means",
      caption: "They settle.",
      x: { label: "n", scale: "log" },
      y: { label: "distance", unit: "1", scale: "log" },
      series: [{ label: "mean", mark: "line", x: [10, 100, 1000], y: [0.1, 0.03, 0.01] }],
    });
  },
});

/** A record of its room, as if it had been made elsewhere. */
export function fixtureRecord(rest: Partial<RunRecord>): RunRecord {
  const [mean, bits, later] = fixturePaper.claims;
  return {
    version: 1,
    slug: "fixture",
    preset: "quick",
    seed: 1,
    device: "wasm",
    threads: 1,
    machine: { platform: "linux x64", cpu: "a CPU", cores: 2, runtime: "node 26.10.0", gpu: null },
    commit: null,
    dirty: false,
    sources: null,
    packages: {},
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    claims: [
      {
        ...mean,
        measured: { kind: "rounding", tolerance: 1e-12, value: 0.01, n: 1000 },
        verdict: "holds",
        reason: null,
      },
      { ...bits, measured: { kind: "exact", value: 0.25, n: 1 }, verdict: "holds", reason: null },
      {
        ...later,
        measured: null,
        verdict: "not-measured",
        reason: { code: "not-built", detail: "not yet" },
      },
    ],
    figures: [],
    ...rest,
  };
}
