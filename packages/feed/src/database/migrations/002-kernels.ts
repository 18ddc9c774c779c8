import { type Migration, sql } from "kysely";

/** WGSL kernels that readers want on the leaderboard. */
const statements = [
  `create table kernels (
     id text primary key,
     account_id text not null references accounts on delete cascade,
     task text not null,
     grid text not null,
     source text not null,
     source_hash text not null,
     adapter text not null,
     median_ns double precision not null check (median_ns > 0),
     state text not null default 'queued'
       check (state in ('queued', 'verifying', 'accepted', 'rejected', 'failed')),
     attempts integer not null default 0,
     verdict jsonb,
     error text,
     created_at timestamptz not null,
     started_at timestamptz,
     verified_at timestamptz,
     unique (account_id, task, adapter, grid, source_hash)
   )`,
  `create index kernels_ranked on kernels (task, adapter, median_ns) where state = 'accepted'`,
  `create index kernels_open on kernels (created_at) where state in ('queued', 'verifying')`,
];

export const kernels: Migration = {
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
