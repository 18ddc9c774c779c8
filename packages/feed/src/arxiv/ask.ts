import type { ArxivClient } from "./client.ts";
import { UpstreamFormat } from "./errors.ts";
import { type Pages, read } from "./read.ts";

/** How often an answer that cannot be read is asked for again: most are cut off on their way. */
const attempts = 3;

/** Asks and reads the answer. @throws UpstreamFormat if it stays unreadable; as `ArxivClient.get`. */
export async function ask<Kind extends keyof Pages>(
  client: ArxivClient,
  url: string,
  kind: Kind,
  signal: AbortSignal | undefined,
): Promise<Pages[Kind]> {
  for (let attempt = 1; ; attempt++) {
    const text = await client.get(url, { signal });
    try {
      return await read(kind, text, url);
    } catch (error) {
      if (!(error instanceof UpstreamFormat) || attempt === attempts) throw error;
    }
  }
}

/** An address with its parameters, encoded. */
export const addressOf = (base: string, parameters: Readonly<Record<string, string | number>>) =>
  `${base}?${new URLSearchParams(Object.entries(parameters).map(([key, value]) => [key, String(value)]))}`;
