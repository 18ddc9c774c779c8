import { type Db, listPaper, type PaperInput, upsertPapers } from "@daily-kernel/feed/node";
import { Random } from "./random.ts";

const words =
  "kernel operator convolution attention gradient spectral sparse random feature estimator manifold bound variance inducing posterior transport wavelet graph diffusion quantised tensor fused tiling memory latency throughput regression classifier embedding optimal sketch sampling determinantal lattice stochastic adaptive robust invariant equivariant hierarchical Fourier Gaussian Bayesian Hilbert Nyström Laplace".split(
    " ",
  );
const formulas = [
  "$O(n \\log n)$",
  "$k(x, y) = \\exp(-\\lVert x - y \\rVert^2 / 2\\sigma^2)$",
  "$\\mathbb{E}[f(X)]$",
  "$\\lambda_{\\max}(K) \\le n$",
  "$\\ell_2$",
];
const categories = ["cs.LG", "stat.ML", "cs.AI", "cs.DC", "math.OC"];
const given = "Ada Bo Cy Dora Emil Fatima Grete Hiro Ines Jan Kofi Lin Mária Nils Olga".split(" ");
const family =
  "Example Sample Specimen Placeholder Pattern Muster Esempio Ejemplo Fulano Mallikappale".split(
    " ",
  );

const day = 86_400_000;

/**
 * Lists so many invented papers in the feed, over the sixty days before `now`. Their identifiers
 * (2612.) are of a month that arXiv has not reached, their text is words at random.
 */
export async function listSyntheticPapers(
  db: Db,
  { count, now, seed }: { count: number; now: Date; seed: number },
): Promise<string[]> {
  const random = new Random(seed);
  const some = (n: number) => Array.from({ length: n }, () => random.of(words)).join(" ");
  const papers = Array.from({ length: count }, (_, i): PaperInput => {
    const at = new Date(now.getTime() - Math.floor((60 * day * (i + 1)) / (count + 1)));
    // Formulas about as often as in real ones.
    const maybe = (oneIn: number) =>
      random.below(oneIn) === 0 ? ` in ${random.of(formulas)}` : "";
    const sentences = Array.from({ length: 6 }, () => `The ${some(9)}${maybe(4)} is ${some(6)}.`);
    const first = random.of(categories);
    return {
      id: `2612.${String(i + 1).padStart(5, "0")}`,
      title: `Synthetic paper ${i + 1}: ${some(6)}${maybe(6)}`,
      abstract: `This paper is invented. ${sentences.join(" ")}`,
      authors: Array.from({ length: 3 }, () => `${random.of(given)} ${random.of(family)}`),
      primaryCategory: first,
      categories: [...new Set([first, random.of(categories)])],
      publishedAt: at,
      updatedAt: at,
    };
  });
  for (let start = 0; start < count; start += 200)
    await upsertPapers(db, papers.slice(start, start + 200));
  for (const { id, publishedAt } of papers) await listPaper(db, { paperId: id, now: publishedAt });
  return papers.map(({ id }) => id);
}

/** Words that those papers are found by. */
export const searchWords: readonly string[] = words;
