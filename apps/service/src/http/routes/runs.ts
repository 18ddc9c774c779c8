import { notFoundError } from "@daily-kernel/feed";
import { createRoute, z } from "@hono/zod-openapi";
import type { RunView } from "../../runs/run-view.ts";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { authenticate } from "../authenticate.ts";
import { eventStream } from "../event-stream.ts";
import { findPaper } from "../find-paper.ts";
import { body, bodyErrors } from "../schemas/body.ts";
import { errors } from "../schemas/error.ts";
import { PaperId, RunId } from "../schemas/parameters.ts";
import { NewRun, RunReply, Runs } from "../schemas/run.ts";
import { signedIn } from "../security.ts";

const tags = ["runs"];
const run = (description: string) => ({
  description,
  content: { "application/json": { schema: RunReply } },
});

const list = createRoute({
  method: "get",
  path: "/api/papers/{id}/runs",
  operationId: "listRuns",
  tags,
  summary: "The latest runs that readers asked for",
  request: { params: PaperId },
  responses: {
    200: { description: "Newest first.", content: { "application/json": { schema: Runs } } },
    ...errors(400, 404, 429),
  },
});

const request = createRoute({
  method: "post",
  path: "/api/papers/{id}/runs",
  operationId: "requestRun",
  tags,
  summary: "Ask for the paper's claims to be measured on the server",
  description: "Within the account's quota. A worker takes it; follow it by its events.",
  security: signedIn,
  request: { params: PaperId, body: body(NewRun) },
  responses: { 202: run("It waits."), ...errors(...bodyErrors, 401, 403, 404, 429) },
});

const get = createRoute({
  method: "get",
  path: "/api/papers/{id}/runs/{runId}",
  operationId: "getRun",
  tags,
  summary: "How a run is getting on",
  request: { params: RunId },
  responses: { 200: run("The run."), ...errors(400, 404, 429) },
});

const cancel = createRoute({
  method: "delete",
  path: "/api/papers/{id}/runs/{runId}",
  operationId: "cancelRun",
  tags,
  summary: "Cancel one's own run; one that has ended stays as it is",
  security: signedIn,
  request: { params: RunId },
  responses: { 200: run("The run."), ...errors(400, 401, 403, 404, 429) },
});

const follow = createRoute({
  method: "get",
  path: "/api/papers/{id}/runs/{runId}/events",
  operationId: "followRun",
  tags,
  summary: "A run's progress as server-sent events",
  description: "An event `run` with the run for each change, then `end`.",
  request: { params: RunId },
  responses: {
    200: {
      description: "Events.",
      content: {
        "text/event-stream": { schema: z.object({ event: z.string(), data: z.string() }) },
      },
    },
    ...errors(400, 404, 429),
  },
});

export function runs(app: ApiApp, service: ApiService): void {
  const { db } = service;

  app.openapi(list, async (c) => {
    const { id: paperId } = await findPaper(db, c.req.valid("param").id);
    return c.json((await service.runs.list({ paperId }, 20)).map(runReply), 200);
  });

  app.openapi(request, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id, slug } = await findPaper(db, c.req.valid("param").id);
    if (slug === null) throw notFoundError(`paper ${id} has no reproduction to run`);
    const { preset = "full", seed = 1 } = c.req.valid("json");
    const asked = await service.runs.request({ slug, preset, seed, accountId: account.id });
    return c.json(runReply(asked), 202);
  });

  app.openapi(get, async (c) => {
    const { id, runId } = c.req.valid("param");
    return c.json(runReply(await runOf(id, runId)), 200);
  });

  app.openapi(cancel, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id, runId } = c.req.valid("param");
    await runOf(id, runId);
    return c.json(runReply(await service.runs.cancel(runId, account)), 200);
  });

  app.openapi(follow, async (c) => {
    const { id, runId } = c.req.valid("param");
    await runOf(id, runId);
    const { streams, runs } = service;
    const reader = { request: c.req.raw, address: c.env.address, streams };
    return eventStream("run", (over) => replies(runs.follow(runId, over)), reader) as never;
  });

  async function runOf(name: string, runId: string): Promise<RunView> {
    const { id } = await findPaper(db, name);
    const run = await service.runs.get(runId);
    if (run?.paperId !== id) throw notFoundError(`paper ${id} has no run ${runId}`);
    return run;
  }
}

async function* replies(runs: AsyncGenerator<RunView, void, void>) {
  for await (const run of runs) yield runReply(run);
}

const runReply = ({ accountId: _, createdAt, startedAt, finishedAt, ...run }: RunView) => ({
  ...run,
  createdAt: createdAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
});
