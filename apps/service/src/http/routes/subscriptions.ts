import { composeConfirmation, emailAddress, isZone } from "@daily-kernel/feed";
import { ipPrefix, requestSubscription, storedPrefix, unsubscribe } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import { type ApiApp, otherThanJson } from "../app.ts";
import { body, bodyErrors } from "../schemas/body.ts";
import { errors } from "../schemas/error.ts";
import { text } from "../schemas/fields.ts";
import { takeShare } from "../take-share.ts";

const consentText =
  "Send me the digest of papers at this address until I unsubscribe (asked for by the API).";

/** A mail address by its look; one that cannot be all the same gets no mail and no other answer. */
const address = z
  .string()
  .max(254)
  .regex(
    /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,24}$/i,
    { message: "must be a mail address such as ada@example.org" },
  )
  .openapi({
    pattern:
      "^[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]+(\\.[A-Za-z0-9_!#$%&'*+/=?^`{|}~-]+)*@([A-Za-z0-9]+(-[A-Za-z0-9]+)*\\.)+[A-Za-z]{2,24}$",
    example: "ada@example.org",
  });

/** The names that are listed; others that mean the same are taken too. */
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

const subscribe = createRoute({
  method: "post",
  path: "/api/subscriptions",
  operationId: "subscribe",
  tags: ["subscriptions"],
  summary: "Ask for the digest by mail",
  description:
    "The answer is the same whether or not the address is known. Its owner gets a mail and has to confirm, within 48 hours.",
  request: {
    body: body(
      z
        .object({
          email: address,
          frequency: z.enum(["daily", "weekly"]).optional().openapi({ default: "daily" }),
          topics: z
            .array(z.string().regex(/^[ -~]{1,60}$/, { message: "must be the name of a topic" }))
            .max(50)
            .optional()
            .openapi({ description: "Only papers with one of these; all if empty." }),
          hour: z.int().min(0).max(23).optional().openapi({ default: 8 }),
          zone: z
            .string()
            .refine(isZone, { message: "must be an IANA time zone such as Europe/Paris" })
            .optional()
            .openapi({ description: "IANA time zone of the hour.", default: "UTC", enum: zones }),
          weekday: z
            .int()
            .min(1)
            .max(7)
            .optional()
            .openapi({ description: "Of weekly digests; 1 is Monday.", default: 1 }),
        })
        .openapi("SubscriptionRequest"),
    ),
  },
  responses: {
    202: {
      description: "If the address is not subscribed yet, a mail is on its way.",
      content: {
        "application/json": {
          schema: z.object({ status: z.literal("accepted") }).openapi("Accepted"),
        },
      },
    },
    ...errors(...bodyErrors, 429),
  },
});

const oneClick = createRoute({
  method: "post",
  path: "/u/{token}",
  operationId: "unsubscribe",
  tags: ["subscriptions"],
  summary: "Unsubscribe with one click (RFC 8058)",
  description:
    "The address in a mail's `List-Unsubscribe`. The body is `List-Unsubscribe=One-Click`; no cookie, no login, no redirect; again changes nothing.",
  request: {
    params: z.object({ token: text(1, 200).openapi({ param: { in: "path", name: "token" } }) }),
  },
  responses: {
    200: { description: "No more mails.", content: { "text/plain": { schema: z.string() } } },
    ...errors(400, 404, 413, 429),
  },
});

export function subscriptions(app: ApiApp, service: ApiService): void {
  const { db, config, log } = service;

  app.openapi(subscribe, async (c) => {
    const { address } = c.env;
    const asked = c.req.valid("json");
    const { topics = [], frequency = "daily", hour = 8, zone = "UTC", weekday = 1 } = asked;
    takeShare(service, "subscribe-prefix", ipPrefix(address), "subscriptions");
    const request = { topics, frequency, hour, zone, weekday, consentText };
    const email = storedForm(asked.email);
    const now = service.now();
    // One address gets so many mails; whoever asks does not learn of it.
    if (email !== null && service.limiter.take("subscribe-address", email, now).allowed) {
      const made = await requestSubscription(db, {
        ...request,
        email,
        ipPrefix: storedPrefix(address),
        now,
      });
      // Not waited for: how long a mail takes would tell whether one is sent.
      if (made)
        service.mailer
          .send(composeConfirmation({ email, token: made.token, baseUrl: config.baseUrl }))
          .catch((error) => log.error({ error }, "confirmation mail"));
    }
    return c.json({ status: "accepted" as const }, 202);
  });

  app.openapi(oneClick, async (c) => {
    await unsubscribe(db, { token: c.req.valid("param").token, now: service.now() });
    return otherThanJson("You are unsubscribed: no more mails will come.\n", {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    });
  });
}

/** An address as it is kept; null for one that cannot be. */
function storedForm(address: string): string | null {
  try {
    return emailAddress(address);
  } catch {
    return null;
  }
}
