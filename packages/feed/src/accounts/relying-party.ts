/** What a passkey is bound to: the service's host name and origin. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** The relying party of a service that readers reach at `baseUrl`. */
export function relyingParty(baseUrl: string): RelyingParty {
  const { hostname, origin } = new URL(baseUrl);
  return { id: hostname, origin };
}
