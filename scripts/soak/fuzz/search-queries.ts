import { SearchIndex } from "@daily-kernel/feed";
import fc from "fast-check";
import { must } from "../must.ts";
import { Random } from "../site/random.ts";
import { searchWords } from "../site/synthetic-papers.ts";
import { codeOf, type Target, target } from "./target.ts";
import { anyText, mutated } from "./texts.ts";

const size = 300;

/** An index of invented papers, some with odd words. */
function sampleIndex(): SearchIndex {
  const random = new Random(1);
  const some = (n: number) => Array.from({ length: n }, () => random.of(searchWords)).join(" ");
  const index = new SearchIndex();
  for (let i = 1; i <= size; i++)
    index.put({
      id: `2612.${String(i).padStart(5, "0")}`,
      title: `${some(5)} ${i % 7 === 0 ? "GPT-4o C++ naïve Å \u202e 日本語 k8s_v1.2" : ""}`,
      abstract: some(60),
      authors: [`Ada ${random.of(searchWords)}`, "Mária O'Example-Sample"],
      day: "2026-11-24",
      topics: [i % 2 === 0 ? "kernels" : "gpus"],
      claimsHold: i % 3,
      claimsFail: i % 2,
      runsInBrowser: i % 5 === 0,
    });
  index.useLsa();
  index.settle();
  return index;
}

const word = fc.oneof(
  fc.constantFrom(...searchWords, "Ada", "O'Example-Sample", "2612.00007", "C++", "the", "日本語"),
  anyText,
);
const syntax = fc.constantFrom(
  '"',
  "-",
  " or ",
  " OR ",
  "(",
  ")",
  "*",
  ":",
  "~",
  "author:",
  '-"',
  "\t",
);
export const queryText: fc.Arbitrary<string> = fc.oneof(
  mutated(
    fc
      .array(fc.oneof({ arbitrary: word, weight: 3 }, { arbitrary: syntax, weight: 1 }), {
        maxLength: 8,
      })
      .map((parts) => parts.join(" ")),
  ),
  anyText,
);
const filters = fc.record(
  {
    from: fc.constantFrom("2026-11-01", "2027-01-01", "", "x"),
    to: fc.constantFrom("2026-11-30", "2020-01-01"),
    topic: fc.oneof(fc.constantFrom("kernels", "gpus"), anyText),
    hasClaims: fc.constantFrom("hold" as const, "fail" as const),
    runsInBrowser: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Queries against an index in memory: parser, spelling, ranking by words and by meaning. */
export function searchQueries(): Target {
  let index: SearchIndex | undefined;
  return target({
    name: "search queries",
    share: 15,
    values: fc.record({
      q: queryText,
      filters: fc.option(filters, { nil: undefined, freq: 1 }),
      limit: fc.constantFrom(1, 5, 10, 20, 50, 100, 120, 0, -1, 1.5),
      offset: fc.constantFrom(0, 0, 0, 0, 0, 0, 5, 1000, -1),
    }),
    attempt(request) {
      index ??= sampleIndex();
      const bad = !Number.isInteger(request.limit) || request.limit < 1 || request.offset < 0;
      try {
        const { hits, total } = index.search(request);
        must(hits.length <= request.limit && hits.length <= total, "more hits than there are");
        must(new Set(hits.map(({ id }) => id)).size === hits.length, "a paper twice");
        hits.forEach(({ score }, i) => {
          must(Number.isFinite(score), `a score of ${score}`);
          must(i === 0 || score <= hits[i - 1]!.score, "scores rise");
        });
        return hits.length > 0 ? "found" : "nothing found";
      } catch (error) {
        const code = codeOf(error);
        must(bad && code === "ERR_INPUT", `refused with ${code}: ${error}`);
        return "refused";
      }
    },
  });
}
