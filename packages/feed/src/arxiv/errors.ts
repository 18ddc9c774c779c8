import { FeedError } from "../feed-error.ts";

/** What came is not an arXiv identifier. */
export class InvalidArxivId extends FeedError {
  override readonly name = "InvalidArxivId";
  /** The text that was read, cut to 200 characters. */
  readonly input: string;
  readonly reason: string;

  constructor(input: string, reason: string) {
    const shown = input.slice(0, 200);
    super("ERR_INPUT", `${JSON.stringify(shown.slice(0, 60))} is no arXiv identifier: ${reason}`);
    this.input = shown;
    this.reason = reason;
  }
}

/** arXiv did not answer, or with an error that trying again did not mend. */
export class UpstreamError extends FeedError {
  override readonly name: string = "UpstreamError";
  readonly url: string;

  constructor(url: string, reason: string, options?: ErrorOptions) {
    super("ERR_UPSTREAM", `${url}: ${reason}`, options);
    this.url = url;
  }
}

/** arXiv asks for a pause that is longer than this request may wait. */
export class UpstreamThrottled extends UpstreamError {
  override readonly name = "UpstreamThrottled";
  /** Seconds after which a request is welcome again. */
  readonly retryAfter: number;

  constructor(url: string, retryAfter: number) {
    super(url, `asked for a pause of ${retryAfter} s`);
    this.retryAfter = retryAfter;
  }
}

/** The reply is not what its format promises. */
export class UpstreamFormat extends UpstreamError {
  override readonly name = "UpstreamFormat";
  /** Where in the reply, in bytes. */
  readonly offset: number;
  readonly reason: string;

  constructor(url: string, offset: number, reason: string) {
    super(url, `${reason} at byte ${offset}`);
    this.offset = offset;
    this.reason = reason;
  }
}

/** arXiv understood the request and refuses it: `reason` is its own word for why. */
export class UpstreamRefusal extends UpstreamError {
  override readonly name = "UpstreamRefusal";
  readonly reason: string;

  constructor(url: string, reason: string) {
    super(url, `arXiv refuses: ${reason}`);
    this.reason = reason;
  }
}
