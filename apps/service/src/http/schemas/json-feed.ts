import { z } from "@hono/zod-openapi";
import { moment } from "./fields.ts";

export const JsonFeed = z
  .object({
    version: z.literal("https://jsonfeed.org/version/1.1"),
    title: z.string(),
    description: z.string(),
    home_page_url: z.string(),
    feed_url: z.string(),
    language: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        url: z.string(),
        title: z.string(),
        content_text: z.string(),
        date_published: moment(),
        date_modified: moment(),
        authors: z.array(z.object({ name: z.string() })),
        tags: z.array(z.string()),
        language: z.string(),
      }),
    ),
  })
  .openapi("JsonFeed");
