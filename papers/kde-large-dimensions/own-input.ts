import { edgeBandwidth, kdeRegimes } from "@daily-kernel/density";
import { defineOwnInput } from "@daily-kernel/reproduction";

const fields = {
  n: { kind: "integer", label: "Points", min: 2, max: 1_000_000_000, initial: 20_000 },
  d: { kind: "integer", label: "Dimensions", min: 1, max: 1000, initial: 20 },
  h: {
    kind: "integer",
    label: "Bandwidth, per cent of the data's standard deviation",
    min: 1,
    max: 1000,
    initial: 60,
  },
} as const;

/** In which regime a bandwidth is, for isotropic data. */
export const ownInput = defineOwnInput({
  fields,
  live: true,
  async run({ n, d, h }) {
    const regimes = kdeRegimes({ n, d });
    const bandwidth = h / 100;
    const meaning = {
      normal: "normal fluctuations: an error bar means something",
      stable: "heavy tails: the mean exists, its error bar does not",
      condensed: "a few points decide: compare medians or logarithms, never means",
    }[regimes.regime(bandwidth)];
    const effective = regimes.participation(bandwidth);
    const shown = (value: number) => value.toPrecision(3);
    const from = Math.log(regimes.hG / 4);
    const grid = Array.from({ length: 80 }, (_, k) => Math.exp(from + (k / 79) * Math.log(16)));
    return {
      facts: [
        { label: "Regime in the limit of large d", value: meaning },
        { label: "Freezing bandwidth h_G", value: shown(regimes.hG) },
        { label: "Freezing bandwidth at this size", value: shown(edgeBandwidth({ n, d })) },
        { label: "Below this, not normal: h_CLT", value: shown(regimes.hClt) },
        { label: "Best bandwidth in the limit, h_KL", value: shown(regimes.hKl) },
        { label: "Scott's rule", value: shown(n ** (-1 / (d + 4))) },
        { label: "Tail index", value: shown(regimes.stableIndex(bandwidth)) },
        {
          label: "Points that count in the limit",
          value: effective > 0 ? shown(1 / effective) : "many",
        },
      ],
      figures: [
        {
          id: "own-exponent",
          title: "Typical log density per dimension, by bandwidth",
          caption: "The maximum lies left of the freezing bandwidth.",
          x: { label: "bandwidth / standard deviation", scale: "log" },
          y: { label: "log density / d", scale: "linear" },
          series: [
            {
              label: "limit of large d",
              mark: "line",
              x: grid,
              y: grid.map((value) => regimes.exponent(value)),
            },
            {
              label: "h_G",
              mark: "dot",
              x: [regimes.hG],
              y: [regimes.exponent(regimes.hG)],
            },
            {
              label: "your bandwidth",
              mark: "dot",
              x: [bandwidth],
              y: [regimes.exponent(bandwidth)],
            },
          ],
        },
      ],
    };
  },
});
