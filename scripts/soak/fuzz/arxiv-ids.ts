import { InvalidArxivId, parseArxivId } from "@daily-kernel/feed";
import fc from "fast-check";
import { must } from "../must.ts";
import { type Target, target } from "./target.ts";
import { mutated } from "./texts.ts";

const digits = (length: number) =>
  fc.nat({ max: 10 ** length - 1 }).map((n) => String(n).padStart(length, "0"));
const modern = fc
  .tuple(
    fc.oneof(digits(2), fc.integer({ min: 15, max: 27 }).map(String)),
    fc.integer({ min: 0, max: 13 }),
    fc.oneof(digits(4), digits(5), digits(5)),
  )
  .map(([year, month, number]) => `${year}${String(month).padStart(2, "0")}.${number}`);
const old = fc
  .tuple(
    fc.constantFrom("hep-th", "math", "math.GT", "cs.LG", "cond-mat", "astro-ph", "q-alg", "nope"),
    fc.oneof(
      digits(7),
      digits(3).map((number) => `0301${number}`),
    ),
  )
  .map(([archive, number]) => `${archive}/${number}`);
const version = fc.oneof(
  fc.constant(""),
  fc.integer({ min: -1, max: 100_000 }).map((n) => `v${n}`),
);
const around = fc.constantFrom(
  ...["@", "arXiv:@", "arxiv: @", "https://arxiv.org/abs/@", "http://www.arxiv.org/pdf/@.pdf"],
  ...["https://arxiv.org/html/@#S1", "10.48550/arXiv.@", "https://doi.org/10.48550/arXiv.@"],
  ...["[@]", "(@).", "@ [cs.LG]", "oai:arXiv.org:@", "https://arxiv.org/abs/@?context=stat", " @ "],
);
const almost = fc
  .tuple(around, fc.oneof(modern, old), version)
  .map(([form, id, v]) => form.replace("@", id + v));

/** Identifiers in all their forms, and what looks like one. */
export const arxivIds: Target = target({
  name: "arXiv ids",
  share: 25,
  values: fc.oneof({ arbitrary: almost, weight: 1 }, { arbitrary: mutated(almost), weight: 2 }),
  attempt(text) {
    try {
      const { id, version } = parseArxivId(text);
      must(/^(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/.test(id), `${id} is not canonical`);
      must(version === null || (Number.isInteger(version) && version > 0), `version ${version}`);
      must(parseArxivId(id).id === id, `${id} does not read as itself`);
      const again = parseArxivId(version === null ? id : `${id}v${version}`);
      must(again.id === id && again.version === version, "it does not read back");
      return "read";
    } catch (error) {
      must(error instanceof InvalidArxivId && error.code === "ERR_INPUT", `${error}`);
      must(error.reason.length > 0, "no reason is given");
      return "refused";
    }
  },
});
