import { InvalidArxivId } from "../../arxiv/errors.ts";
import { parseArxivId } from "../../arxiv/id.ts";

/** The identifier that the query is, in its canonical form, if it is nothing but one. */
export function idIn(query: string): string | undefined {
  try {
    return parseArxivId(query).id;
  } catch (error) {
    if (error instanceof InvalidArxivId) return undefined;
    throw error;
  }
}
