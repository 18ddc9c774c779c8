import { InvalidArxivId } from "../../arxiv/errors.ts";
import { parseArxivId } from "../../arxiv/id.ts";

/** What stands before an identifier in the address of a paper's page here, or on a site like this. */
const page = /^(?:https?:\/\/)?[^\s/]*(?:\/[^\s/]+){0,2}\/(?:papers|abs)\/(?=\S+$)/i;

/**
 * The identifier that the query is, in its canonical form, if it is nothing but one, or the address
 * of a page that is called after one.
 */
export function idIn(query: string): string | undefined {
  const name = query.length > LONGEST ? query : query.replace(/[?#].*$/s, "").replace(page, "");
  return idOf(query) ?? (name === query ? undefined : idOf(name));
}

/** Longer than the address of any page. */
const LONGEST = 300;

function idOf(text: string): string | undefined {
  try {
    return parseArxivId(text).id;
  } catch (error) {
    if (error instanceof InvalidArxivId) return undefined;
    throw error;
  }
}
