import { type Migration, sql } from "kysely";

/** Sweeps of the forge: many cells that many machines share. */
const statements = [
  `create table sweeps (
     id text primary key,
     name text not null unique,
     kind text not null check (kind in ('improve', 'bench')),
     options jsonb not null,
     created_at timestamptz not null
   )`,
  `create table sweep_cells (
     sweep_id text not null references sweeps on delete cascade,
     position integer not null,
     task text not null,
     backend text not null,
     seed bigint not null,
     request jsonb not null,
     state text not null default 'queued'
       check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
     attempts integer not null default 0,
     worker text,
     machine text,
     progress double precision not null default 0,
     doing text not null default '',
     error text,
     result jsonb,
     started_at timestamptz,
     heartbeat_at timestamptz,
     finished_at timestamptz,
     cancel_asked_at timestamptz,
     primary key (sweep_id, position)
   )`,
  `create index sweep_cells_open on sweep_cells (sweep_id, position)
     where state in ('queued', 'running')`,
  `create table sweep_events (
     sweep_id text not null,
     cell integer not null,
     position integer not null,
     machine text not null,
     line text not null,
     primary key (sweep_id, cell, position),
     foreign key (sweep_id, cell) references sweep_cells (sweep_id, position) on delete cascade
   )`,
  `create table sweep_workers (
     id text primary key,
     machine text not null,
     backends text[] not null default '{}',
     missing jsonb not null,
     seen_at timestamptz not null
   )`,
];

export const sweeps: Migration = {
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
