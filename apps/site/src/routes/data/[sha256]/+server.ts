import { openAsBlob } from "node:fs";
import { fileWithHash, serveable } from "@daily-kernel/datasets";
import { nodeSource } from "@daily-kernel/datasets/node";
import type { RequestHandler } from "./$types";

const source = nodeSource();

const refuse = (status: number, message: string) =>
  new Response(`${message}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });

/** A file of a data set by its SHA-256, from this server's cache, for runs in the browser. */
export const GET: RequestHandler = async ({ params }) => {
  const found = fileWithHash(params.sha256);
  if (!found) return refuse(404, "no data set has a file with this SHA-256");
  const { dataset, file } = found;
  const { allowed, note } = serveable(dataset);
  if (!allowed) return refuse(451, note);
  let path: string | undefined;
  try {
    path = (await source.pathOf(dataset.name)).get(file.path);
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_DATA")
      return refuse(404, (error as Error).message);
    throw error;
  }
  if (!path) return refuse(404, `${dataset.name} lacks ${file.path}`);
  return new Response(await openAsBlob(path), {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(file.bytes),
      "cache-control": "public, max-age=31536000, immutable",
      // The licence goes with the data; header values are ASCII.
      "x-licence": note.replaceAll(/[^\x20-\x7e]/g, "?"),
    },
  });
};
