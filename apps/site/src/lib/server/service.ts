import type { Service } from "@daily-kernel/service";

/**
 * The running service, which `serve.ts` opened before it loaded these pages: one in the process,
 * for the pages and for the API.
 */
export function service(): Service {
  const { [Symbol.for("daily-kernel.service")]: found } = globalThis as unknown as Record<
    symbol,
    Service | undefined
  >;
  if (!found) throw new Error("the pages run behind serve.ts: start them with npm start");
  return found;
}
