import type { ArxivClient } from "./client.ts";
import { UpstreamFormat } from "./errors.ts";

/** How often an answer that cannot be read is asked for again: most are cut off on their way. */
const attempts = 3;

/** Asks and reads the answer. @throws UpstreamFormat if it stays unreadable; as `ArxivClient.get`. */
export async function ask<T>(
  client: ArxivClient,
  url: string,
  parse: (text: string, url: string) => T,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const text = await client.get(url, { signal });
    try {
      return parse(text, url);
    } catch (error) {
      if (!(error instanceof UpstreamFormat) || attempt === attempts) throw error;
    }
  }
}

/** An address with its parameters, encoded. */
export const addressOf = (base: string, parameters: Readonly<Record<string, string | number>>) =>
  `${base}?${new URLSearchParams(Object.entries(parameters).map(([key, value]) => [key, String(value)]))}`;
