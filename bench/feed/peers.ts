import { DatabaseSync } from "node:sqlite";
import type { Database } from "@daily-kernel/feed/node";
import MiniSearch from "minisearch";
import { type Build, tellingWords } from "./engine.ts";

/** SQLite's FTS5: its BM25 with our weights, any of the words, in memory. */
export const fts5: Build = async (papers) => {
  const db = new DatabaseSync(":memory:");
  db.exec(`create virtual table papers using
    fts5(id unindexed, title, abstract, authors, tokenize = 'unicode61 remove_diacritics 2')`);
  const insert = db.prepare("insert into papers values (?, ?, ?, ?)");
  db.exec("begin");
  for (const { id, title, abstract, authors } of papers) {
    insert.run(id, title, abstract, authors.join("\n"));
  }
  db.exec("commit");
  db.exec("insert into papers (papers) values ('optimize')");
  const select = db.prepare(
    `select id from papers where papers match ?
     order by bm25(papers, 0, 2.5, 1, 0.5), id limit ?`,
  );
  return {
    name: "SQLite FTS5",
    search: (query, k) => {
      const words = tellingWords(query).map((word) => `"${word}"`);
      return select.all(words.join(" OR "), k).map((row) => String(row.id));
    },
    close: () => db.close(),
  };
};

/** MiniSearch with its BM25+ and our weights. */
export const miniSearch: Build = async (papers) => {
  const index = new MiniSearch({ fields: ["title", "abstract", "authors"], idField: "id" });
  index.addAll(papers.map((paper) => ({ ...paper, authors: paper.authors.join("\n") })));
  const options = { boost: { title: 2.5, abstract: 1, authors: 0.5 }, combineWith: "OR" as const };
  return {
    name: "MiniSearch",
    search: (query, k) =>
      index
        .search(tellingWords(query).join(" "), options)
        .slice(0, k)
        .map(({ id }) => id as string),
  };
};

const BATCH = 500;

/** Postgres's text search: English stemming, any of the words, `ts_rank` by our weights and length. */
export const postgres =
  (database: Database): Build =>
  async (papers) => {
    await database.run("drop table if exists bench_papers");
    await database.run("create table bench_papers (id text primary key, words tsvector not null)");
    for (let from = 0; from < papers.length; from += BATCH) {
      const rows = papers.slice(from, from + BATCH).map(({ id, title, abstract, authors }) => {
        return { id, title, abstract, authors: authors.join(" ") };
      });
      await database.run(
        `insert into bench_papers
         select id, setweight(to_tsvector('english', title), 'A')
           || setweight(to_tsvector('english', abstract), 'B')
           || setweight(to_tsvector('english', authors), 'C')
         from jsonb_to_recordset($1::jsonb) as t(id text, title text, abstract text, authors text)`,
        [JSON.stringify(rows)],
      );
    }
    await database.run("create index on bench_papers using gin (words)");
    await database.run("analyze bench_papers");
    return {
      name: database.kind === "postgres" ? "Postgres ts_rank" : "PGlite ts_rank",
      search: async (query, k) => {
        const { rows } = await database.run(
          `select id from bench_papers, to_tsquery('english', $1) q where words @@ q
           order by ts_rank('{0.1, 0.2, 0.4, 1}', words, q, 1) desc, id limit $2`,
          [tellingWords(query).join(" | "), k],
        );
        return (rows as { id: string }[]).map(({ id }) => id);
      },
    };
  };
