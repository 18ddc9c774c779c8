/** What tells where a request comes from. */
export interface Asked {
  /** The service's own address, as configured. */
  readonly baseUrl: string;
  /** The name that the request came for. */
  readonly hostname: string;
  /** The address of who asks. */
  readonly address: string;
  /** Whether some proxy passed it on. */
  readonly forwarded: boolean;
}

const own = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether somebody at this very machine asks. The connection alone does not tell: a proxy beside us
 * connects from here for everybody, and a foreign page whose name was turned to 127.0.0.1 has its
 * reader's browser ask from here.
 */
export const fromOwnMachine = ({ baseUrl, hostname, address, forwarded }: Asked): boolean =>
  own.has(new URL(baseUrl).hostname) &&
  own.has(hostname) &&
  !forwarded &&
  /^(?:::ffff:)?127\.|^::1$/.test(address);
