import { openAsBlob } from "node:fs";
import { fileWithHash, serveable } from "@daily-kernel/datasets";
import type { NodeSource } from "@daily-kernel/datasets/node";

const refuse = (status: number, message: string) =>
  new Response(`${message}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });

/**
 * The file of a data set with this SHA-256, from the server's cache. 404 where there is none or it
 * has not been fetched (the text says how), 451 where its licence does not let a server hand it out.
 */
export async function dataFile(sha256: string, source: Pick<NodeSource, "pathOf">) {
  const found = fileWithHash(sha256);
  if (!found) return refuse(404, "no data set has a file with this SHA-256");
  const { dataset, file } = found;
  const { allowed, note } = serveable(dataset);
  if (!allowed) return refuse(451, note);
  let path: string | undefined;
  try {
    path = (await source.pathOf(dataset.name)).get(file.path);
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_DATA") throw error;
    return refuse(404, (error as Error).message);
  }
  if (path === undefined) return refuse(404, `${dataset.name} lacks ${file.path}`);
  return new Response(await openAsBlob(path), {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(file.bytes),
      "cache-control": "public, max-age=31536000, immutable",
      // The licence goes with the data; header values are ASCII.
      "x-licence": note.replaceAll(/[^\x20-\x7e]/g, "?"),
    },
  });
}
