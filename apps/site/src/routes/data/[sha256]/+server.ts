import { nodeSource } from "@daily-kernel/datasets/node";
import { dataFile } from "#lib/server/data-file.ts";
import type { RequestHandler } from "./$types";

const source = nodeSource();

/** Data for runs in the browser, from the same origin. */
export const GET: RequestHandler = ({ params }) => dataFile(params.sha256, source);
