import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { gunzipJsonLines } from "../parse/gunzip.ts";

/** A console log of a Linux kernel and what syzkaller reads in it; an empty title: no crash. */
export interface ConsoleLog {
  readonly src: string;
  readonly title: string;
  readonly alt: readonly string[];
  readonly type: string;
  readonly corrupted: boolean;
  readonly suppressed: boolean;
  readonly frame: string;
  readonly log: string;
}

/** 87 console logs of syzkaller's own tests, one to four of each class of title. */
export const kgymLogs: Dataset<readonly ConsoleLog[]> = {
  name: "kgym-logs",
  title: "Linux console logs of syzkaller",
  licence: {
    name: "Apache-2.0",
    serve: true,
    note: "From google/syzkaller, pkg/report/testdata/linux/report, revision 1e72964b0.",
  },
  origin: "https://github.com/google/syzkaller",
  files: folderFiles("kgym-logs", [
    ["cases.jsonl.gz", 100843, "be7a023f8cd4cc88177c6d3902ff6e5eead1521d8e502596d4964f2491343be3"],
  ]),
  async parse(files) {
    const logs = await gunzipJsonLines(files, "cases.jsonl.gz");
    if (logs.length !== 87) {
      throw dataError(`cases.jsonl.gz: expected 87 logs, got ${logs.length}`);
    }
    const bad = logs.findIndex((log) => !isLog(log));
    if (bad >= 0) throw dataError(`cases.jsonl.gz: line ${bad + 1} is not a log`);
    return logs as ConsoleLog[];
  },
};

function isLog(value: unknown): boolean {
  const log = value as Partial<ConsoleLog> | null;
  return (
    typeof log?.title === "string" &&
    typeof log.log === "string" &&
    typeof log.corrupted === "boolean" &&
    Array.isArray(log.alt)
  );
}
