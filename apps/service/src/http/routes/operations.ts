import { forbiddenError } from "@daily-kernel/feed";
import { createRoute, z } from "@hono/zod-openapi";
import type { Readings } from "../../metrics.ts";
import type { ApiService } from "../api-service.ts";
import { type ApiApp, otherThanJson } from "../app.ts";
import { authenticate } from "../authenticate.ts";
import { errorReply } from "../error-reply.ts";
import { fromOwnMachine } from "../own-machine.ts";
import { errors } from "../schemas/error.ts";
import { count } from "../schemas/fields.ts";

const Health = z
  .object({
    status: z.literal("ok"),
    database: z.enum(["pglite", "postgres"]),
    papers: count().openapi({ description: "In the feed." }),
    searchable: count().openapi({ description: "Known to this process's search." }),
    jobs: z
      .object({ waiting: count(), active: count(), failed: count() })
      .openapi({ description: "In the queues; failed ones are those given up." }),
  })
  .openapi("Health");

/** A database that is silent for so long does not answer, in milliseconds. */
const patience = 5_000;

const health = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "health",
  tags: ["operations"],
  summary: "Whether the service and its database answer",
  responses: {
    200: { description: "They do.", content: { "application/json": { schema: Health } } },
    ...errors(400, 503),
  },
});

const metrics = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "metrics",
  tags: ["operations"],
  summary: "Numbers for Prometheus; only from this machine, or with a moderator's token",
  security: [{}, { bearer: [] }],
  responses: {
    200: {
      description: "Prometheus's text format.",
      content: { "text/plain": { schema: z.string() } },
    },
    ...errors(400, 401, 403),
  },
});

export function operations(app: ApiApp, service: ApiService): void {
  /** Asks the database now; the numbers may be some seconds old. */
  async function answers(): Promise<Readings> {
    await service.db.selectFrom("secrets").select("name").limit(1).execute();
    return service.metrics.readings();
  }

  app.openapi(health, async (c) => {
    try {
      const { papers, searchable, jobs } = await within(patience, answers());
      const sum = (state: "waiting" | "active" | "failed") =>
        jobs.reduce((jobs, queue) => jobs + queue[state], 0);
      return c.json(
        {
          status: "ok" as const,
          database: service.database.kind,
          papers,
          searchable,
          jobs: { waiting: sum("waiting"), active: sum("active"), failed: sum("failed") },
        },
        200,
      );
    } catch (error) {
      service.log.error({ err: error }, "health");
      const headers = { "retry-after": "5" };
      return errorReply(503, "the database does not answer", {
        code: "ERR_DATABASE",
        headers,
      }) as never;
    }
  });

  app.openapi(metrics, async (c) => {
    if (!fromOwnMachine(c.req.raw, c.env.address)) {
      const { role } = await authenticate(service, c.req.raw);
      if (role !== "moderator") throw forbiddenError("only a moderator may see the metrics");
    }
    const { registry } = service.metrics;
    const headers = { "content-type": registry.contentType, "cache-control": "no-store" };
    return otherThanJson(await registry.metrics(), headers);
  });
}

/** What comes of the work, if it does so in time. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const alarm = setTimeout(
    () => late.reject(new Error(`no answer in ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(alarm);
  }
}
