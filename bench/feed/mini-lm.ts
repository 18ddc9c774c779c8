import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Embedder, openEmbedder } from "@daily-kernel/feed/node";

const prepare = fileURLToPath(
  new URL("../../packages/feed/test-model/prepare.ts", import.meta.url),
);

/** all-MiniLM-L6-v2 through `@huggingface/transformers`; both are installed on first use. */
export async function miniLm(): Promise<Embedder | null> {
  const printed = execFileSync(process.execPath, [prepare], { encoding: "utf8", stdio: "pipe" });
  const folder = printed.trim();
  return openEmbedder(join(folder, "all-minilm-l6-v2"), { packages: folder });
}
