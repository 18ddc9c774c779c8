import { redirect } from "@sveltejs/kit";
import { latestDayPath } from "#lib/server/feed-page.ts";
import type { RequestHandler } from "./$types";

export const GET: RequestHandler = async () => redirect(307, await latestDayPath());
