import { fromOwnMachine, isOwnName } from "@daily-kernel/service";

/**
 * Whether somebody at this very machine asks, of a service that is meant for this machine alone.
 * `address` is who asks, `baseUrl` the service's own address as configured.
 */
export const onOwnMachine = (request: Request, address: string, baseUrl: string): boolean =>
  isOwnName(new URL(baseUrl).hostname) && fromOwnMachine(request, address);
