import { forbiddenError } from "@daily-kernel/feed";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import { type ApiApp, otherThanJson } from "../app.ts";
import { authenticate } from "../authenticate.ts";
import { errorReply } from "../error-reply.ts";
import { isLoopback } from "../is-loopback.ts";
import { errors } from "../schemas/error.ts";

const Health = z
  .object({ status: z.literal("ok"), database: z.enum(["pglite", "postgres"]) })
  .openapi("Health");

const health = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "health",
  tags: ["operations"],
  summary: "Whether the service and its database answer",
  responses: {
    200: { description: "They do.", content: { "application/json": { schema: Health } } },
    ...errors(503),
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
    ...errors(401, 403),
  },
});

export function operations(app: ApiApp, service: ApiService): void {
  app.openapi(health, async (c) => {
    try {
      await service.db.selectFrom("secrets").select("name").limit(1).execute();
    } catch (error) {
      service.log.error({ error }, "health");
      const headers = { "retry-after": "5" };
      return errorReply(503, "the database does not answer", {
        code: "ERR_DATABASE",
        headers,
      }) as never;
    }
    return c.json({ status: "ok" as const, database: service.database.kind }, 200);
  });

  app.openapi(metrics, async (c) => {
    const direct = c.req.header("x-forwarded-for") === undefined;
    if (!(direct && isLoopback(c.env.address))) {
      const { role } = await authenticate(service, c.req.raw);
      if (role !== "moderator") throw forbiddenError("only a moderator may see the metrics");
    }
    const { registry } = service.metrics;
    const headers = { "content-type": registry.contentType, "cache-control": "no-store" };
    return otherThanJson(await registry.metrics(), headers);
  });
}
