const names = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a host's name, as it stands in an address, can only be this machine's own. */
export const isOwnName = (hostname: string): boolean => names.has(hostname);

/** Whether an address is this machine's own, in IPv4, IPv6, or one inside the other. */
const isLoopback = (address: string): boolean =>
  /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/i.test(address) || address === "::1";

/**
 * Whether somebody at this very machine asks. The connection alone does not tell: a proxy beside us
 * connects from here for everybody, and a foreign page whose name was turned to 127.0.0.1 has its
 * reader's browser ask from here.
 */
export const fromOwnMachine = (request: Request, address: string): boolean =>
  isLoopback(address) &&
  isOwnName(new URL(request.url).hostname) &&
  !request.headers.has("x-forwarded-for") &&
  !request.headers.has("forwarded");
