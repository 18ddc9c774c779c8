import { type Migration, sql } from "kysely";
import { revisionLocks } from "../revision.ts";

/** Everything that the first release keeps. One statement a string: PGlite and Postgres take both. */
const statements = [
  `create sequence revisions`,
  // A transaction that takes revisions first shows, by a lock that nobody waits for, the number that
  // all of them will be above: see `revision.ts`.
  `create function next_revision() returns bigint language plpgsql volatile as $$
   declare
     floor bigint;
   begin
     if coalesce(current_setting('feed.takes_revisions', true), '') = '' then
       select case when is_called then last_value else 0 end into floor from revisions;
       perform pg_advisory_xact_lock_shared(${revisionLocks}, floor::integer);
       perform set_config('feed.takes_revisions', 'yes', true);
     end if;
     return nextval('revisions');
   end $$`,
  `create table accounts (
     id text primary key,
     email text unique check (email = lower(email)),
     name text not null unique,
     full_name text not null default '',
     role text not null default 'reader' check (role in ('reader', 'submitter', 'moderator')),
     created_at timestamptz not null,
     suspended_at timestamptz,
     deleted_at timestamptz
   )`,
  `create table papers (
     id text primary key,
     object_id text not null,
     slug text,
     title text not null,
     abstract text not null,
     summary text,
     authors jsonb not null,
     author_count integer not null,
     primary_category text,
     categories text[] not null default '{}',
     topics text[] not null default '{}',
     language text not null default 'en',
     comment text,
     doi text,
     journal_ref text,
     licence text,
     project_page text,
     github_repo text,
     github_stars integer,
     thumbnail text,
     media_urls text[] not null default '{}',
     published_at timestamptz not null,
     updated_at timestamptz not null,
     listed_at timestamptz,
     listed_day date,
     submitted_by text,
     withdrawn_at timestamptz,
     hidden_at timestamptz,
     votes integer not null default 0 check (votes >= 0),
     comment_count integer not null default 0 check (comment_count >= 0),
     heat_day double precision not null default 0,
     heat_week double precision not null default 0,
     claims_hold integer not null default 0,
     claims_fail integer not null default 0,
     claims_inconclusive integer not null default 0,
     claims_not_measured integer not null default 0,
     claim_cells jsonb not null default '[]',
     runs_in_browser boolean not null default false,
     revision bigint not null default next_revision(),
     check ((listed_at is null) = (listed_day is null))
   )`,
  `create index papers_by_object on papers (object_id)`,
  `create index papers_by_slug on papers (slug) where slug is not null`,
  `create index papers_by_day on papers (listed_day desc, published_at desc, id desc)
     include (heat_day, heat_week, votes)
     where listed_day is not null and hidden_at is null`,
  `create index papers_by_heat_day on papers (heat_day desc, id desc)
     include (listed_day, votes)
     where listed_day is not null and hidden_at is null`,
  `create index papers_by_heat_week on papers (heat_week desc, id desc)
     include (listed_day, votes)
     where listed_day is not null and hidden_at is null`,
  `create index papers_by_revision on papers (revision)`,
  `create index papers_by_topic on papers using gin (topics)`,
  `create index papers_by_category on papers using gin (categories)`,
  // Filters that few papers pass: without these a page of them would read the whole feed.
  `create index papers_that_hold on papers (listed_day desc, published_at desc, id desc)
     where claims_hold > 0 and listed_day is not null and hidden_at is null`,
  `create index papers_that_fail on papers (listed_day desc, published_at desc, id desc)
     where claims_fail > 0 and listed_day is not null and hidden_at is null`,
  `create index papers_in_browser on papers (listed_day desc, published_at desc, id desc)
     where runs_in_browser and listed_day is not null and hidden_at is null`,
  `create index papers_by_submitter on papers (submitted_by) where submitted_by is not null`,
  `create table feed_counts (
     facet text not null,
     day date not null,
     papers integer not null,
     primary key (facet, day)
   )`,
  `create table paper_versions (
     paper_id text not null references papers on delete cascade,
     version integer not null check (version >= 1),
     submitted_at timestamptz not null,
     size text,
     withdrawn boolean not null default false,
     primary key (paper_id, version)
   )`,
  `create table author_claims (
     paper_id text not null references papers on delete cascade,
     author_id text not null,
     account_id text not null,
     status text not null check (status in ('claimed', 'claimed_verified')),
     changed_at timestamptz not null,
     primary key (paper_id, author_id)
   )`,
  `create table claim_states (
     paper_id text not null references papers on delete cascade,
     claim_id text not null,
     position integer not null,
     statement text not null,
     scale text not null,
     verdict text not null
       check (verdict in ('holds', 'fails', 'inconclusive', 'not-measured')),
     reason text,
     reported text not null,
     measured text,
     stale boolean not null default false,
     recorded_at timestamptz,
     preset text,
     device text,
     machine text,
     primary key (paper_id, claim_id)
   )`,
  `create table records (
     paper_id text not null references papers on delete cascade,
     id text not null,
     slug text not null,
     preset text not null,
     device text not null,
     machine text not null,
     account_id text,
     record jsonb not null,
     created_at timestamptz not null,
     primary key (paper_id, id)
   )`,
  `create table vectors (
     paper_id text not null references papers on delete cascade,
     model text not null,
     dimension integer not null,
     vector bytea not null,
     text_hash text not null,
     revision bigint not null default next_revision(),
     primary key (paper_id, model)
   )`,
  `create index vectors_by_revision on vectors (model, revision)`,
  `create table votes (
     paper_id text not null references papers on delete cascade,
     account_id text not null,
     created_at timestamptz not null,
     weight double precision not null default 1 check (weight > 0 and weight <= 1),
     primary key (paper_id, account_id)
   )`,
  `create index votes_by_account on votes (account_id, created_at desc)`,
  `create table comments (
     paper_id text not null references papers on delete cascade,
     id text not null,
     parent_id text,
     account_id text,
     body text not null,
     created_at timestamptz not null,
     edited_at timestamptz,
     deleted_at timestamptz,
     hidden_at timestamptz,
     hidden_reason text,
     primary key (paper_id, id),
     foreign key (paper_id, parent_id) references comments (paper_id, id) deferrable
   )`,
  `create index comments_by_account on comments (account_id, created_at desc)`,
  `create table comment_edits (
     paper_id text not null,
     comment_id text not null,
     replaced_at timestamptz not null,
     body text not null,
     primary key (paper_id, comment_id, replaced_at),
     foreign key (paper_id, comment_id) references comments (paper_id, id) on delete cascade
   )`,
  `create table comment_reports (
     paper_id text not null,
     comment_id text not null,
     account_id text not null,
     reason text not null,
     created_at timestamptz not null,
     resolved_at timestamptz,
     primary key (paper_id, comment_id, account_id),
     foreign key (paper_id, comment_id) references comments (paper_id, id) on delete cascade
   )`,
  `create table passkeys (
     account_id text not null references accounts on delete cascade,
     id text primary key,
     public_key bytea not null,
     counter bigint not null,
     transports text[] not null default '{}',
     label text not null,
     created_at timestamptz not null,
     used_at timestamptz
   )`,
  `create index passkeys_by_account on passkeys (account_id)`,
  `create table sessions (
     hash text primary key,
     account_id text not null references accounts on delete cascade,
     created_at timestamptz not null,
     seen_at timestamptz not null,
     expires_at timestamptz not null,
     user_agent text not null default '',
     ip_prefix text not null default ''
   )`,
  `create index sessions_by_account on sessions (account_id)`,
  `create table login_tokens (
     hash text primary key,
     kind text not null,
     email text,
     account_id text references accounts on delete cascade,
     challenge text,
     browser_hash text not null,
     created_at timestamptz not null,
     expires_at timestamptz not null,
     used_at timestamptz
   )`,
  `create table api_tokens (
     hash text primary key,
     account_id text not null references accounts on delete cascade,
     label text not null,
     created_at timestamptz not null,
     used_at timestamptz
   )`,
  `create table subscribers (
     id text primary key,
     email text not null unique check (email = lower(email)),
     frequency text not null check (frequency in ('daily', 'weekly', 'never')),
     topics text[] not null default '{}',
     hour integer not null check (hour between 0 and 23),
     zone text not null,
     weekday integer not null default 1 check (weekday between 1 and 7),
     created_at timestamptz not null,
     confirm_hash text,
     confirm_expires_at timestamptz,
     confirmed_at timestamptz,
     unsubscribed_at timestamptz,
     suspended_at timestamptz,
     suspended_reason text,
     hard_bounces integer not null default 0,
     consent jsonb not null,
     next_run_at timestamptz,
     covered_to timestamptz
   )`,
  `create index subscribers_by_next_run on subscribers (next_run_at) where next_run_at is not null`,
  `create unique index subscribers_by_confirm_hash on subscribers (confirm_hash)`,
  `create table digest_sends (
     subscriber_id text not null references subscribers on delete cascade,
     issue_date date not null,
     kind text not null,
     state text not null check (state in ('claimed', 'sent', 'failed', 'unknown')),
     message_id text not null,
     covers_from timestamptz not null,
     covers_to timestamptz not null,
     attempts integer not null default 0,
     resends integer not null default 0,
     first_claimed_at timestamptz not null,
     claimed_at timestamptz not null,
     next_attempt_at timestamptz,
     settled_at timestamptz,
     response text,
     primary key (subscriber_id, issue_date, kind)
   )`,
  `create index digest_sends_open on digest_sends (state, next_attempt_at)
     where state in ('claimed', 'unknown')`,
  `create table bounces (
     id text primary key,
     subscriber_id text not null references subscribers on delete cascade,
     at timestamptz not null,
     kind text not null,
     status text,
     detail text not null
   )`,
  `create table runs (
     paper_id text not null references papers on delete cascade,
     id text not null,
     slug text not null,
     account_id text not null,
     preset text not null,
     device text not null,
     seed bigint not null,
     state text not null default 'queued'
       check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
     attempts integer not null default 0,
     progress double precision not null default 0,
     doing text not null default '',
     error text,
     record_id text,
     created_at timestamptz not null,
     started_at timestamptz,
     finished_at timestamptz,
     heartbeat_at timestamptz,
     cancel_asked_at timestamptz,
     primary key (paper_id, id)
   )`,
  `create index runs_by_account on runs (account_id, created_at desc)`,
  `create index runs_by_id on runs (id)`,
  `create index runs_open on runs (created_at) where state in ('queued', 'running')`,
  `create table harvests (
     source text primary key,
     cursor jsonb not null,
     papers integer not null default 0,
     started_at timestamptz not null,
     updated_at timestamptz not null,
     finished_at timestamptz,
     error text
   )`,
  `create table audit_log (
     id text primary key,
     at timestamptz not null,
     actor_id text,
     action text not null,
     subject text not null,
     detail jsonb not null
   )`,
  `create index audit_log_by_time on audit_log (at desc)`,
  `create table secrets (
     name text primary key,
     value bytea not null,
     created_at timestamptz not null
   )`,
];

export const initial: Migration = {
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
