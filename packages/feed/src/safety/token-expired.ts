import { FeedError } from "../feed-error.ts";

/** A link or a code that is not valid any more: too old, used already, or never given out. */
export class TokenExpired extends FeedError {
  override readonly name = "TokenExpired";

  /** @param what what it was for, as a reader would say it: `this sign-in link`. */
  constructor(what: string) {
    super(
      "ERR_GONE",
      `${what} is not valid any more: it was used, or is too old; ask for a new one`,
    );
  }
}
