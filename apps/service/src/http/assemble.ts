import type { ApiService } from "./api-service.ts";
import { type ApiApp, newApp } from "./app.ts";
import { description, operationsOf } from "./openapi.ts";
import { comments } from "./routes/comments.ts";
import { dailyPapers } from "./routes/daily-papers.ts";
import { feeds } from "./routes/feeds.ts";
import { markdown } from "./routes/markdown.ts";
import { operations } from "./routes/operations.ts";
import { papers } from "./routes/papers.ts";
import { reproductions } from "./routes/reproduction.ts";
import { runs } from "./routes/runs.ts";
import { submissions } from "./routes/submissions.ts";
import { subscriptions } from "./routes/subscriptions.ts";
import { votes } from "./routes/votes.ts";

// The order in which a path is tried: `/api/papers/search` before `/api/papers/{id}`.
const all = [
  dailyPapers,
  papers,
  submissions,
  reproductions,
  votes,
  comments,
  runs,
  subscriptions,
  feeds,
  markdown,
  operations,
];

/** The application with all its routes, and the operations that its description lists. */
export function assemble(service: ApiService): {
  app: ApiApp;
  operations: { path: string; method: string }[];
} {
  const app = newApp();
  for (const add of all) add(app, service);
  const document = description(app, service.config.baseUrl);
  app.get("/openapi.json", (c) => c.json(document));
  return {
    app,
    operations: [...operationsOf(document), { path: "/openapi.json", method: "get" }],
  };
}
