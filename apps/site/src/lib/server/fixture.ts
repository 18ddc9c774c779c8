import { atMost, type Claim, type Paper } from "@daily-kernel/reproduction";

/** A claim for tests. */
const claim = (id: string, scale: Claim["scale"] = "desk"): Claim => ({
  id,
  statement: `The error of ${id} stays below one.`,
  reported: { value: 0.5, unit: "nats", setting: "in the paper" },
  scale,
  quantity: "error",
  holdsIf: atMost(1),
});

/** A paper for tests. */
export const paper = (over: Partial<Paper> = {}): Paper => ({
  slug: "log-bessel",
  title: "Accurate Logarithms of Bessel Functions",
  arxiv: "2409.08729",
  submitted: "2024-09-13",
  authors: ["Andreas Plesner", "Søren Hauberg"],
  authorCount: 2,
  topics: ["special-functions"],
  summary: "Computes $\\log I_v(x)$ without overflow.",
  links: [],
  library: "special",
  claims: [claim("a"), claim("b", "simulated")],
  ...over,
});
