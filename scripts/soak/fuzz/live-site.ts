import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  addComment,
  type Db,
  listPaper,
  openDatabase,
  upsertPapers,
} from "@daily-kernel/feed/node";
import { sampleAccount } from "@daily-kernel/feed/testing";
import { fixtureServer } from "@daily-kernel/feed/testing/arxiv";
import fc from "fast-check";
import { Client } from "../site/client.ts";
import { formTokenIn, makeApiToken, signIn, Visitor } from "../site/sign-in.ts";
import { type ServiceProcess, startSite } from "../site/site-process.ts";
import { listSyntheticPapers } from "../site/synthetic-papers.ts";
import { hostileMarkup } from "./hostile-markup.ts";

/** The production server with hostile papers and comments in it, and those who ask it. */
export interface LiveSite {
  readonly client: Client;
  readonly process: ServiceProcess;
  readonly reader: Visitor;
  /** Of the reader's forms. */
  readonly formToken: string;
  readonly tokens: Readonly<Record<"reader" | "moderator", string>>;
  /** Papers with hostile titles, abstracts and comments. */
  readonly hostilePapers: readonly string[];
  readonly hostileTexts: number;
  /** An address that nobody asked from yet. */
  nextAddress(): string;
  close(): Promise<void>;
}

const commentsAPaper = 10;

/** Starts it. `hostile` is how many papers have hostile words, and ten hostile comments each. */
export async function openLiveSite({
  hostile,
  seed,
}: {
  hostile: number;
  seed: number;
}): Promise<LiveSite> {
  const directory = mkdtempSync(join(tmpdir(), "daily-kernel-fuzz-"));
  const database = await openDatabase({ directory: join(directory, "database") });
  await listSyntheticPapers(database.db, { count: 30, now: new Date(), seed });
  const { papers, texts } = await addHostilePapers(database.db, hostile, seed);
  await database.close();
  const arxiv = await fixtureServer({ plain: 4 });
  const admin = "moderator@example.org";
  const process = startSite(directory, {
    TRUST_PROXY: "1",
    ADMIN_EMAIL: admin,
    ARXIV_URL: new URL(arxiv.urls.oai).origin,
    // One reader and one moderator do all of it.
    LIMIT_FACTOR: "1000",
    LOG_LEVEL: "error",
  });
  let asked = 0;
  const nextAddress = () => {
    asked++;
    return `2001:db8:${(asked >> 16).toString(16)}:${(asked & 0xffff).toString(16)}::1`;
  };
  try {
    const client = new Client(await process.ready);
    const [reader, moderator] = [
      new Visitor(client, nextAddress()),
      new Visitor(client, nextAddress()),
    ];
    await signIn(reader, { email: "reader@example.org", directory });
    await signIn(moderator, { email: admin, directory });
    const tokens = { reader: await makeApiToken(reader), moderator: await makeApiToken(moderator) };
    return {
      client,
      process,
      reader,
      formToken: formTokenIn(await reader.ask("/account")),
      tokens,
      hostilePapers: papers,
      hostileTexts: texts,
      nextAddress,
      close: async () => {
        client.close();
        await process.stop();
        await arxiv.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    process.child.kill("SIGKILL");
    await arxiv.close();
    throw error;
  }
}

/** Papers and comments as an attacker would like them, written as arXiv and readers would. */
async function addHostilePapers(db: Db, count: number, seed: number) {
  const words = fc
    .sample(hostileMarkup, { numRuns: 2 * count * (commentsAPaper + 3), seed })
    .filter((text) => /[^\s\p{C}]/u.test(text) && text.length < 5000);
  let next = 0;
  const take = () => words[next++ % words.length]!;
  const mallory = await sampleAccount(db, "mallory");
  const now = new Date(Date.now() - 60_000);
  const papers: string[] = [];
  for (let i = 1; i <= count; i++) {
    const id = `2612.${String(50_000 + i)}`;
    const paper = {
      id,
      title: take(),
      abstract: take(),
      comment: take(),
      authors: [take()],
      publishedAt: now,
      updatedAt: now,
    };
    await upsertPapers(db, [{ ...paper, categories: ["cs.LG"], primaryCategory: "cs.LG" }]);
    await listPaper(db, { paperId: id, now });
    for (let n = 0; n < commentsAPaper; n++)
      await addComment(db, { paperId: id, accountId: mallory, parentId: null, body: take(), now });
    papers.push(id);
  }
  return { papers, texts: count * (commentsAPaper + 4) };
}
