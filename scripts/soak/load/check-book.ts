import type { Db } from "@daily-kernel/feed/node";
import type { Check } from "../part.ts";
import type { Client } from "../site/client.ts";
import type { AccountBook } from "./account-book.ts";
import { addressOf } from "./readers.ts";

interface ToldComment {
  readonly id: string;
  readonly body: string;
  readonly state: string;
}

/** What the API of each site process says of votes and comments, against what was accepted. */
export async function checkReplies(
  clients: readonly Client[],
  book: AccountBook,
): Promise<Check[]> {
  const wrong: string[] = [];
  const commentsOf = Map.groupBy(book.comments, ([, { paperId }]) => paperId);
  for (const client of clients) {
    for (const [n, paperId] of book.papers.entries()) {
      const headers = { "x-forwarded-for": addressOf(110_000 + (n % 50)) };
      const ask = async (path: string) => JSON.parse((await client.ask({ path, headers })).body);
      const votes = book.votes.get(paperId)?.size ?? 0;
      const { upvotes } = (await ask(`/api/papers/${paperId}`)) as { upvotes: number };
      if (upvotes !== votes) wrong.push(`${paperId} has ${upvotes} votes, not ${votes}`);
      const told = (await ask(`/api/papers/${paperId}/comments`)) as ToldComment[];
      const shown = new Map(told.map((comment) => [comment.id, comment]));
      const written = commentsOf.get(paperId) ?? [];
      for (const [id, { body, deleted }] of written) {
        const there = shown.get(id);
        const right = deleted
          ? there === undefined || there.state === "deleted"
          : there?.state === "visible" && there.body === body;
        if (!right) wrong.push(`comment ${id} of ${paperId} is ${there?.state ?? "not there"}`);
        shown.delete(id);
      }
      if (shown.size > 0) wrong.push(`${paperId} has ${shown.size} comments that nobody wrote`);
    }
  }
  return [
    {
      what:
        `on ${clients.length === 1 ? "the site" : `each of the ${clients.length} sites`} every paper has the votes and comments that were accepted` +
        (wrong.length > 0 ? ` (${wrong.length}: ${wrong.slice(0, 5).join("; ")})` : ""),
      holds: wrong.length === 0,
    },
  ];
}

/** The same in the database itself, once the sites have ended. */
export async function checkRows(db: Db, book: AccountBook): Promise<Check[]> {
  const count = async (table: "votes" | "comments") => {
    const { rows } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    return Number(rows);
  };
  const [votes, comments] = [await count("votes"), await count("comments")];
  const deleted = book.comments
    .values()
    .filter((comment) => comment.deleted)
    .toArray().length;
  return [
    {
      what: `${votes} votes stored, ${book.voteCount} accepted and not taken back`,
      holds: votes === book.voteCount,
    },
    {
      what: `${comments} comments stored, ${book.comments.size} accepted (${deleted} of them deleted again)`,
      // A deleted comment's row may go or stay.
      holds: comments <= book.comments.size && comments >= book.comments.size - deleted,
    },
  ];
}
