import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { gunzipJsonLines } from "../parse/gunzip.ts";

/** A bug of the Linux kernel that syzbot found, with the developers' fix; names as in the file. */
export interface KernelBug {
  readonly id: string;
  readonly title: string;
  readonly subsystems: readonly string[];
  readonly fix_commits: readonly { readonly title: string; readonly hash: string }[];
  readonly parent_of_fix_commit: string;
  readonly patch_modified_files: readonly string[];
  readonly patch_modified_functions: unknown;
  readonly crash: {
    readonly kernel_source_commit: string;
    readonly compiler: string;
    readonly arch: string;
  };
  /** The fix as a unified diff. */
  readonly patch: string;
  /** Patches that models wrote and the benchmark's authors list as resolving the bug. */
  readonly llm_patches: unknown;
}

/** 170 real Linux bugs of kBench whose fix reverse-applies to Debian 12's linux-source-6.1. */
export const kgymBugs: Dataset<readonly KernelBug[]> = {
  name: "kgym-bugs",
  title: "Linux kernel bugs of kBench",
  licence: {
    name: "MIT and GPL-2.0",
    serve: true,
    note: "Records from kGym-Kernel-Playground (MIT); the fixes are Linux patches (GPL-2.0). Input for tests: do not compile into a package.",
  },
  origin: "https://github.com/Alex-Mathai-98/kGym-Kernel-Playground",
  files: folderFiles("kgym-bugs", [
    ["bugs.jsonl.gz", 82407, "127f5d91ea1c818f5dfc82053d3e96ed9eac95f6c7afc29dd008b0b84fb143d7"],
  ]),
  async parse(files) {
    const bugs = await gunzipJsonLines(files, "bugs.jsonl.gz");
    if (bugs.length !== 170) {
      throw dataError(`bugs.jsonl.gz: expected 170 bugs, got ${bugs.length}`);
    }
    const bad = bugs.findIndex((bug) => !isBug(bug));
    if (bad >= 0) throw dataError(`bugs.jsonl.gz: line ${bad + 1} is not a bug`);
    return bugs as KernelBug[];
  },
};

function isBug(value: unknown): boolean {
  const bug = value as Partial<KernelBug> | null;
  return (
    typeof bug?.id === "string" &&
    typeof bug.title === "string" &&
    Array.isArray(bug.patch_modified_files) &&
    bug.patch?.includes("diff --git") === true
  );
}
