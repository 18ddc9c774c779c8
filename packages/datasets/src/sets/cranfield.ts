import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { gunzipText } from "../parse/gunzip.ts";
import { smartRecords } from "../parse/smart.ts";

/** An abstract; lines of the original are joined by single spaces. */
export interface CranfieldDoc {
  /** 1..1400. */
  readonly id: number;
  readonly title: string;
  readonly author: string;
  readonly bibliography: string;
  /** Starts with the title, as in the original; empty for two documents. */
  readonly text: string;
}

export interface CranfieldQuery {
  /** 1..225: the position in the file, which is what judgements refer to. */
  readonly id: number;
  /** The number printed in the file; these are not consecutive. */
  readonly printedId: number;
  readonly text: string;
}

/** A judgement: 1 (complete answer) to 4 (minimum interest), -1 not relevant, kept as printed. */
export interface CranfieldJudgement {
  readonly query: number;
  readonly doc: number;
  readonly grade: number;
}

export interface Cranfield {
  readonly docs: readonly CranfieldDoc[];
  readonly queries: readonly CranfieldQuery[];
  readonly judgements: readonly CranfieldJudgement[];
}

/** The Cranfield 1400 test collection: aerodynamics abstracts, queries, relevance judgements. */
export const cranfield: Dataset<Cranfield> = {
  name: "cranfield",
  title: "Cranfield 1400",
  licence: {
    name: "none stated",
    serve: false,
    note: "Distributed freely for research for decades, without a licence. A test fixture only; do not republish.",
  },
  origin:
    "C. Cleverdon, The Cranfield tests on index language devices, Aslib Proceedings 19(6), 1967",
  files: folderFiles("cranfield", [
    [
      "cran.all.1400.gz",
      496950,
      "e8cbab3418c1cf48acc945bbd718b4f49f624d29e83bb2a17d2cfca00ba29900",
    ],
    ["cran.qry.gz", 9344, "07cb305a800947264df18bfa83361bafe83ec94f302f841ffa1d594fffd3777c"],
    ["cranqrel.gz", 5856, "c89d9e56c23adb28483b1f1a03e29d9c92f685bf6f2d8ad64d7f7af3848439c1"],
  ]),
  async parse(files) {
    const docs = smartRecords(await gunzipText(files, "cran.all.1400.gz")).map((r, i) => {
      if (r.id !== i + 1) throw dataError(`cran.all.1400.gz: expected .I ${i + 1}, got ${r.id}`);
      const { T = "", A = "", B = "", W = "" } = r.fields;
      return { id: r.id, title: T, author: A, bibliography: B, text: W };
    });
    const queries = smartRecords(await gunzipText(files, "cran.qry.gz")).map((r, i) => {
      return { id: i + 1, printedId: r.id, text: r.fields.W ?? "" };
    });
    const judgements = judgementsOf(await gunzipText(files, "cranqrel.gz"));
    const sizes = [docs.length, queries.length, judgements.length].join(", ");
    if (sizes !== "1400, 225, 1837") {
      throw dataError(`cranfield: expected 1400 docs, 225 queries, 1837 judgements, got ${sizes}`);
    }
    return { docs, queries, judgements };
  },
};

function judgementsOf(text: string): CranfieldJudgement[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.map((line, i) => {
    const [query = 0, doc = 0, grade = 0, ...rest] = line.trim().split(/\s+/).map(Number);
    const known = query >= 1 && query <= 225 && doc >= 1 && doc <= 1400;
    if (!known || ![-1, 1, 2, 3, 4].includes(grade) || rest.length > 0) {
      throw dataError(`cranqrel.gz: line ${i + 1} is not "query document grade": "${line.trim()}"`);
    }
    return { query, doc, grade };
  });
}
