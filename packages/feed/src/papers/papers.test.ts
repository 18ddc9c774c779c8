import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { claimStates, setClaimStates } from "../claims/claim-states.ts";
import { listComments } from "../comments/list-comments.ts";
import { addComment } from "../comments/write-comment.ts";
import { type Db, openDatabase } from "../database/open.ts";
import type { Verdict } from "../database/tables.ts";
import { hidePaper, showPaper } from "../moderation/moderate-papers.ts";
import {
  hoursAfter,
  missingPostgres,
  morning,
  onEachDatabase,
  postgresUrl,
  sampleAccount,
  sampleClaim,
  samplePaper,
  testDatabase,
} from "../testing.ts";
import { vote } from "../votes/vote.ts";
import { changedSince, latestRevision, topicCounts } from "./changes.ts";
import { cursorPage } from "./cursor-page.ts";
import { filledDays, lastFilledDay, neighbouringDays } from "./feed-days.ts";
import { type FeedQuery, feedPage } from "./feed-page.ts";
import {
  getPaper,
  getPaperByObjectId,
  getPaperBySlug,
  getPapers,
  paperVersions,
} from "./get-paper.ts";
import { listPaper } from "./list-paper.ts";
import type { ClaimState } from "./paper-view.ts";
import { setRoom } from "./set-room.ts";
import { upsertPapers } from "./upsert-papers.ts";

const id = (n: number) => `2409.${String(n).padStart(5, "0")}`;
const day = (n: number) => hoursAfter(morning, 24 * n);
const ids = (papers: { items: readonly { id: string }[] }) => papers.items.map((paper) => paper.id);

const room = (paperId: string, topics: string[], runsInBrowser = true) => ({
  paperId,
  slug: `room-${paperId}`,
  summary: "Ours.",
  topics,
  runsInBrowser,
});

const claim = (name: string, verdict: Verdict, position = 0): ClaimState =>
  sampleClaim({
    id: name,
    position,
    verdict,
    ...(verdict === "not-measured" && { reason: "needs-gpu", measured: null, recordedAt: null }),
  });

onEachDatabase("the same papers again change nothing, news changes what is new", async ({ db }) => {
  const papers = [samplePaper(id(1)), samplePaper(id(2))];
  assert.deepEqual(await upsertPapers(db, papers), { added: [id(1), id(2)], changed: [], same: 0 });
  const before = await getPaper(db, id(1));
  const revision = await latestRevision(db);
  assert.deepEqual(await upsertPapers(db, papers), { added: [], changed: [], same: 2 });
  assert.equal(await latestRevision(db), revision);

  const news = samplePaper(id(1), {
    title: "Another title",
    authors: ["Grace Hopper", "Ada Lovelace", "Alan Turing"],
    updatedAt: day(1),
    doi: "10.1/x",
    withdrawnAt: day(1),
  });
  assert.deepEqual((await upsertPapers(db, [news])).changed, [id(1)]);
  const after = await getPaper(db, id(1));
  assert.equal(after?.title, "Another title");
  assert.equal(after?.objectId, before?.objectId);
  assert.deepEqual(after?.withdrawnAt, day(1));
  assert.deepEqual(after?.authors.slice(1), before?.authors);
  assert.ok((after?.revision ?? 0) > revision);

  assert.equal((await upsertPapers(db, papers)).same, 2, "older news is no news");
  const { doi: _, ...without } = news;
  assert.equal((await upsertPapers(db, [without])).same, 1, "what is left out stays");
  const corrected = { ...news, authors: ["G. Hopper", "Ada Lovelace", "Alan Turing"] };
  await upsertPapers(db, [corrected]);
  assert.equal((await getPaper(db, id(1)))?.authors[0]?.id, after?.authors[0]?.id);
});

onEachDatabase("versions come with their paper", async ({ db }) => {
  const first = { version: 1, submittedAt: morning, size: "12kb" };
  await upsertPapers(db, [samplePaper(id(1), { versions: [first] })]);
  const second = { version: 2, submittedAt: day(1), withdrawn: true };
  const again = samplePaper(id(1), { versions: [first, second] });
  assert.deepEqual((await upsertPapers(db, [again])).changed, [id(1)]);
  assert.equal((await upsertPapers(db, [again])).same, 1);
  assert.deepEqual(await paperVersions(db, id(1)), [
    { ...first, withdrawn: false },
    { ...second, size: null },
  ]);
});

onEachDatabase(
  "a bad paper is refused by name, and the good ones beside it are not kept",
  async ({ db }) => {
    const bad = [
      [{ id: "2409.1" }, /papers\[1\]\.id .* 2409\.1$/],
      [{ id: "2409.00001v2" }, /papers\[1\]\.id/],
      [{ title: " \u0000" }, /papers\[1\]\.title/],
      [{ publishedAt: new Date(Number.NaN) }, /papers\[1\]\.publishedAt/],
      [{ authors: [1 as never] }, /papers\[1\]\.authors\[0\]/],
      [{ versions: [{ version: 0, submittedAt: morning }] }, /papers\[1\]\.versions\[0\]\.version/],
    ] as const;
    for (const [differing, message] of bad) {
      const papers = [samplePaper(id(1)), samplePaper(id(2), differing as object)];
      await assert.rejects(upsertPapers(db, papers), { code: "ERR_INPUT", message });
    }
    assert.equal(await latestRevision(db), 0);
    await upsertPapers(db, [samplePaper(id(3), { title: "a\u0000b \ud800 c" })]);
    assert.equal((await getPaper(db, id(3)))?.title, "ab \ufffd c");
  },
);

onEachDatabase("2,500 papers at once, some of them twice", async ({ db }) => {
  const papers = Array.from({ length: 2500 }, (_, i) => samplePaper(id(i + 1)));
  const twice = [...papers, samplePaper(id(7), { title: "newer", updatedAt: day(1) })];
  assert.equal((await upsertPapers(db, twice)).added.length, 2500);
  assert.equal((await getPaper(db, id(7)))?.title, "newer");
  assert.equal((await upsertPapers(db, papers)).same, 2500);
});

onEachDatabase("two imports of the same papers at the same time", async ({ db }) => {
  const papers = Array.from({ length: 300 }, (_, i) => samplePaper(id(i + 1)));
  const reports = await Promise.all([
    upsertPapers(db, papers),
    upsertPapers(db, papers.toReversed()),
  ]);
  assert.ok(reports.every(({ added, same }) => added.length + same === 300));
  const { rows } = await sql<{ n: number }>`select count(*) as n from papers`.execute(db);
  assert.equal(rows[0]?.n, 300);
});

onEachDatabase("a paper is found by each of its names", async ({ db }) => {
  await upsertPapers(db, [samplePaper(id(1)), samplePaper("hep-th/9901001")]);
  await setRoom(db, room(id(1), ["kernels"]));
  const paper = await getPaper(db, id(1));
  assert.deepEqual(await getPaperByObjectId(db, paper!.objectId), paper);
  assert.deepEqual(await getPaperBySlug(db, `room-${id(1)}`), paper);
  assert.match(paper!.objectId, /^[0-9a-f]{24}$/);
  const found = await getPapers(db, ["hep-th/9901001", "2409.99999", id(1)]);
  assert.deepEqual(
    found.map((one) => one.id),
    ["hep-th/9901001", id(1)],
  );
  assert.equal(await getPaper(db, "' or 1=1 --"), null);
  assert.deepEqual(await getPapers(db, []), []);
});

onEachDatabase("a paper is listed once, on its day, by its submitter", async ({ db }) => {
  await upsertPapers(db, [samplePaper(id(1))]);
  const submittedBy = await sampleAccount(db, "ann");
  assert.equal((await feedPage(db, { sort: "newest", limit: 5, offset: 0 })).total, 0);
  const late = new Date("2024-09-13T23:59:59.999Z");
  const both = [
    listPaper(db, { paperId: id(1), now: late, submittedBy }),
    listPaper(db, { paperId: id(1), now: late }),
  ];
  assert.deepEqual((await Promise.all(both)).sort(), [false, true]);
  assert.equal(await listPaper(db, { paperId: id(1), now: day(9) }), false);
  const { items, total } = await feedPage(db, { sort: "newest", limit: 5, offset: 0 });
  assert.equal(total, 1);
  assert.equal(items[0]?.listedDay, "2024-09-13");
  assert.deepEqual(items[0]?.listedAt, late);
  assert.ok(Math.abs(items[0]!.heatDay - late.getTime() / 86_400_000) < 1e-9);
  await assert.rejects(listPaper(db, { paperId: id(2), now: morning }), { code: "ERR_NOT_FOUND" });
});

onEachDatabase(
  "the room and the claims of a paper; the same again is no change",
  async ({ db }) => {
    await upsertPapers(db, [samplePaper(id(1))]);
    const states = [claim("b", "fails", 1), claim("a", "holds", 0), claim("c", "not-measured", 2)];
    const set = async () => {
      await setRoom(db, {
        ...room(id(1), ["kernels", "vision"]),
        githubRepo: "https://github.com/a/b",
      });
      await setClaimStates(db, id(1), states);
    };
    await set();
    const revision = await latestRevision(db);
    await set();
    await setRoom(db, room(id(1), ["kernels", "vision"]));
    assert.equal(await latestRevision(db), revision);
    const paper = await getPaper(db, id(1));
    assert.equal(paper?.githubRepo, "https://github.com/a/b");
    assert.deepEqual(paper?.claims, { holds: 1, fails: 1, inconclusive: 0, notMeasured: 1 });
    assert.deepEqual(
      paper?.claimCells.map(({ verdict }) => verdict),
      ["holds", "fails", "not-measured"],
    );
    assert.deepEqual(await claimStates(db, id(1)), [states[1], states[0], states[2]]);
    await setClaimStates(db, id(1), []);
    assert.deepEqual((await getPaper(db, id(1)))?.claimCells, []);
    await assert.rejects(setClaimStates(db, id(1), [claim("a", "holds"), claim("a", "fails")]), {
      code: "ERR_CONFLICT",
    });
    await assert.rejects(setRoom(db, room(id(2), [])), { code: "ERR_NOT_FOUND" });
    await assert.rejects(setClaimStates(db, id(2), []), { code: "ERR_NOT_FOUND" });
  },
);

/** Twelve papers on three days, with topics, categories, rooms and claims. */
async function aFeed(db: Db): Promise<void> {
  const categories = [["cs.LG"], ["cs.LG", "cs.CV"], ["math.NA"]];
  await upsertPapers(
    db,
    Array.from({ length: 12 }, (_, i) =>
      samplePaper(id(i + 1), {
        publishedAt: hoursAfter(morning, i),
        categories: categories[i % 3]!,
      }),
    ),
  );
  const ann = await sampleAccount(db, "ann");
  for (let i = 1; i <= 12; i++) {
    const now = day(i <= 6 ? 0 : i <= 9 ? 2 : 3);
    await listPaper(db, { paperId: id(i), now, submittedBy: i === 5 ? ann : null });
    if (i % 2 === 0) await setRoom(db, room(id(i), i % 4 === 0 ? ["a"] : ["a", "b"], i < 6));
    if (i % 4 === 0) await setClaimStates(db, id(i), [claim("x", i === 8 ? "fails" : "holds")]);
  }
}

onEachDatabase("the feed: order, days, filters, pages and totals", async ({ db }) => {
  await aFeed(db);
  const page = async (query: Partial<FeedQuery>) => {
    const { items, total } = await feedPage(db, { sort: "newest", limit: 50, offset: 0, ...query });
    return [items.map((paper) => Number(paper.id.slice(5))), total];
  };
  assert.deepEqual(await page({}), [[12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 12]);
  assert.deepEqual(await page({ limit: 3, offset: 4 }), [[8, 7, 6], 12]);
  assert.deepEqual(await page({ offset: 12 }), [[], 12]);
  assert.deepEqual(await page({ limit: 0 }), [[], 12]);
  assert.deepEqual(await page({ sort: "trending-day", limit: 4 }), [[12, 11, 10, 9], 12]);
  assert.deepEqual(await page({ from: "2024-09-15", to: "2024-09-15" }), [[9, 8, 7], 3]);
  assert.deepEqual(await page({ from: "2024-09-14", limit: 2 }), [[12, 11], 6]);
  assert.deepEqual(await page({ to: "2024-09-13", limit: 1, sort: "trending-week" }), [[6], 6]);
  assert.deepEqual(await page({ topic: "b" }), [[10, 6, 2], 3]);
  assert.deepEqual(await page({ topic: "a", limit: 1 }), [[12], 6]);
  assert.deepEqual(await page({ topic: "a", from: "2024-09-14", limit: 1 }), [[12], 3]);
  assert.deepEqual(await page({ category: "cs.CV", limit: 2 }), [[11, 8], 4]);
  assert.deepEqual(await page({ category: "cs.CV", topic: "b", limit: 1 }), [[2], 1]);
  assert.deepEqual(await page({ hasClaims: "hold" }), [[12, 4], 2]);
  assert.deepEqual(await page({ hasClaims: "fail", limit: 1 }), [[8], 1]);
  assert.deepEqual(await page({ runsInBrowser: true, limit: 1 }), [[4], 2]);
  assert.deepEqual(await page({ runsInBrowser: false, limit: 1 }), [[12], 10]);
  assert.deepEqual(await page({ submitter: "ann", limit: 1 }), [[5], 1]);
  assert.deepEqual(await page({ submitter: "nobody" }), [[], 0]);
  assert.deepEqual(await page({ minVotes: 1 }), [[], 0]);
  assert.deepEqual(await page({ topic: "a', 'b" }), [[], 0]);
  assert.deepEqual(await topicCounts(db), [
    { topic: "a", papers: 6 },
    { topic: "b", papers: 3 },
  ]);
});

onEachDatabase("what the feed refuses", async ({ db }) => {
  const bad: Partial<FeedQuery>[] = [
    { from: "2024-02-30" },
    { to: "yesterday" },
    { sort: "best" as never },
    { limit: -1 },
    { offset: 0.5 },
    { limit: Number.NaN },
    { minVotes: -1 },
  ];
  for (const query of bad) {
    await assert.rejects(feedPage(db, { sort: "newest", limit: 1, offset: 0, ...query }), {
      code: "ERR_INPUT",
    });
  }
});

onEachDatabase(
  "any text may be asked for; the answer is none, or an error with a code",
  async ({ db }) => {
    await aFeed(db);
    const accountId = await sampleAccount(db, "bob");
    const strange = fc
      .oneof(
        fc.string({ unit: "binary", maxLength: 20 }),
        fc.constantFrom(
          "\0",
          "a\0b",
          "\ud800",
          "'",
          '"',
          "\\",
          "%",
          "{}",
          "{a,b}",
          "1 or 1=1",
          "é".repeat(5000),
        ),
      )
      // Topics that the feed has.
      .filter((text) => text !== "a" && text !== "b");
    const refused = async (answer: Promise<unknown>) => {
      try {
        await answer;
        assert.fail("nothing of that name is there");
      } catch (error) {
        assert.match((error as { code?: string }).code ?? `${error}`, /^ERR_(?:INPUT|NOT_FOUND)$/);
      }
    };
    await fc.assert(
      fc.asyncProperty(strange, async (text) => {
        assert.equal(await getPaper(db, text), null);
        assert.equal(await getPaperBySlug(db, text), null);
        assert.equal(await getPaperByObjectId(db, text), null);
        assert.deepEqual(await getPapers(db, [text]), []);
        assert.deepEqual(await listComments(db, text), []);
        await refused(vote(db, { paperId: text, accountId, now: morning }));
        await refused(addComment(db, { paperId: text, accountId, body: "x", now: morning }));
        await refused(
          addComment(db, { paperId: id(1), accountId, parentId: text, body: "x", now: morning }),
        );
        await refused(cursorPage(db, { cursor: text, limit: 1 }));
        for (const filter of ["topic", "category", "submitter"] as const) {
          const page = feedPage(db, { sort: "newest", limit: 1, offset: 0, [filter]: text });
          if (text.includes("\0")) await refused(page);
          else assert.equal((await page).total, 0);
        }
      }),
      { numRuns: 60 },
    );
  },
);

onEachDatabase("days: filled, last, neighbours", async ({ db }) => {
  assert.equal(await lastFilledDay(db), null);
  await aFeed(db);
  assert.deepEqual(await filledDays(db), [
    { day: "2024-09-13", papers: 6 },
    { day: "2024-09-15", papers: 3 },
    { day: "2024-09-16", papers: 3 },
  ]);
  assert.deepEqual(await filledDays(db, { from: "2024-09-14", to: "2024-09-15" }), [
    { day: "2024-09-15", papers: 3 },
  ]);
  assert.equal(await lastFilledDay(db), "2024-09-16");
  assert.equal(await lastFilledDay(db, { onOrBefore: "2024-09-14" }), "2024-09-13");
  assert.equal(await lastFilledDay(db, { onOrBefore: "2024-09-12" }), null);
  assert.deepEqual(await neighbouringDays(db, "2024-09-15"), {
    earlier: "2024-09-13",
    later: "2024-09-16",
  });
  assert.deepEqual(await neighbouringDays(db, "2024-09-16"), {
    earlier: "2024-09-15",
    later: null,
  });
});

onEachDatabase("a cursor repeats and skips nothing while papers come in", async ({ db }) => {
  await aFeed(db);
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let turn = 0; ; turn++) {
    const page = await cursorPage(db, { cursor, limit: 5 });
    seen.push(...ids(page));
    if (page.next === null) break;
    cursor = page.next;
    await upsertPapers(db, [samplePaper(id(100 + turn))]);
    await listPaper(db, { paperId: id(100 + turn), now: day(9) });
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 12 }, (_, i) => id(12 - i)),
  );
  for (const bad of ["", "x", Buffer.from("2024-99-99 x y").toString("base64url")]) {
    await assert.rejects(cursorPage(db, { cursor: bad, limit: 5 }), { code: "ERR_INPUT" });
  }
});

onEachDatabase(
  "changes are followed in order, hidden and unlisted papers as well",
  async ({ db }) => {
    await upsertPapers(db, [samplePaper(id(1)), samplePaper(id(2))]);
    const first = await changedSince(db, 0, 10);
    assert.deepEqual(first.map((paper) => paper.id).sort(), [id(1), id(2)]);
    const revision = await latestRevision(db);
    assert.equal(first.at(-1)?.revision, revision);
    await hidePaper(db, { by: "operator", paperId: id(1), reason: "test", now: morning });
    const [change, ...others] = await changedSince(db, revision, 10);
    assert.equal(change?.id, id(1));
    assert.deepEqual(change?.hiddenAt, morning);
    assert.equal(others.length, 0);
  },
);

test("a follower misses no change, although transactions end out of order", {
  skip: missingPostgres() ?? false,
}, async () => {
  const { db, close } = await openDatabase({ url: await postgresUrl() });
  await upsertPapers(db, [samplePaper(id(1)), samplePaper(id(2))]);
  const revision = await latestRevision(db);
  const slow = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const change = (trx: Db, n: number) =>
    upsertPapers(trx, [samplePaper(id(n), { title: "changed", updatedAt: day(1) })]);
  const first = db.transaction().execute(async (trx) => {
    await change(trx, 1);
    begun.resolve();
    await slow.promise;
  });
  await begun.promise;
  await change(db, 2);
  assert.deepEqual(await changedSince(db, revision, 10), [], "the first may still come");
  slow.resolve();
  await first;
  const changes = await changedSince(db, revision, 10);
  assert.deepEqual(
    changes.map((paper) => paper.id),
    [id(1), id(2)],
  );
  await close();
});

test("counts by day and facet stay what counting would give, whatever happens", async () => {
  const { db, close } = await testDatabase();
  const n = fc.integer({ min: 1, max: 4 });
  const topics = fc.subarray(["a", "b", "c"]);
  const step = fc.oneof(
    n.map((i) => ({ name: "list", run: () => listPaper(db, { paperId: id(i), now: day(i % 2) }) })),
    n.map((i) => ({
      name: "hide",
      run: () => hidePaper(db, { by: "operator", paperId: id(i), reason: "x", now: morning }),
    })),
    n.map((i) => ({
      name: "show",
      run: () => showPaper(db, { by: "operator", paperId: id(i), now: morning }),
    })),
    fc.tuple(n, topics, fc.boolean()).map(([i, list, browser]) => ({
      name: "room",
      run: () => setRoom(db, room(id(i), list, browser)),
    })),
    fc.tuple(n, fc.constantFrom<Verdict>("holds", "fails", "inconclusive")).map(([i, verdict]) => ({
      name: "claims",
      run: () => setClaimStates(db, id(i), [claim("x", verdict)]),
    })),
    fc.tuple(n, fc.subarray(["cs.LG", "cs.CV"])).map(([i, categories]) => ({
      name: "categories",
      run: () => upsertPapers(db, [samplePaper(id(i), { categories })]),
    })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      await sql`truncate papers, feed_counts cascade`.execute(db);
      await upsertPapers(
        db,
        [1, 2, 3, 4].map((i) => samplePaper(id(i))),
      );
      for (const { run } of steps) await run();
      const { rows } = await sql`
        with kept as (select facet, day, papers from feed_counts where papers <> 0),
        counted as (
          select facet, listed_day, count(*)::integer from papers, unnest(
            array['all'] || (select array_agg('topic:' || t) from unnest(topics) t)
            || (select array_agg('category:' || c) from unnest(categories) c)
            || case when claims_hold > 0 then array['claims:hold'] end
            || case when claims_fail > 0 then array['claims:fail'] end
            || case when runs_in_browser then array['browser'] end) as facet
          where listed_day is not null and hidden_at is null group by 1, 2)
        (table kept except table counted) union all (table counted except table kept)`.execute(db);
      assert.deepEqual(rows, []);
      const visible = (await feedPage(db, { sort: "newest", limit: 9, offset: 0 })).items.length;
      const counted = (await filledDays(db)).reduce((sum, { papers }) => sum + papers, 0);
      assert.equal(counted, visible);
    }),
    { numRuns: 25 },
  );
  await close();
});
