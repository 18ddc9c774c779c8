import { forgePage } from "#lib/server/forge-page.ts";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = ({ url }) =>
  forgePage(url.searchParams.get("task") ?? "softmax");
