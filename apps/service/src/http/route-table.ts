/** A path of the API, as its description writes it, with what may be done to it. */
export interface Route {
  /** `/api/papers/{id}/comments`. */
  readonly path: string;
  /** Upper case, `GET`, without `HEAD` and `OPTIONS`, which follow from the others. */
  readonly methods: readonly string[];
}

/** Finds the route of an address. A path without parameters hides those with. */
export class RouteTable {
  readonly #plain = new Map<string, Route>();
  readonly #patterns: { readonly pattern: RegExp; readonly route: Route }[] = [];

  constructor(operations: Iterable<{ readonly path: string; readonly method: string }>) {
    const methods = new Map<string, string[]>();
    for (const { path, method } of operations) {
      methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
    }
    for (const [path, list] of methods) {
      const route = { path, methods: list };
      if (!path.includes("{")) this.#plain.set(path, route);
      else this.#patterns.push({ pattern: patternOf(path), route });
    }
    // Fewer parameters first: `/papers/{id}.md` before `/papers/{id}`.
    const freedom = ({ route }: { route: Route }) => route.path.replace(/\{\w+\}/g, "").length;
    this.#patterns.sort((a, b) => freedom(b) - freedom(a));
  }

  find(path: string): Route | null {
    return (
      this.#plain.get(path) ??
      this.#patterns.find(({ pattern }) => pattern.test(path))?.route ??
      null
    );
  }
}

const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+")}$`);

/** What a client may send to a route, for `Allow`. */
export function allowed({ methods }: Route): string {
  const reading = methods.includes("GET") ? ["GET", "HEAD"] : [];
  return [...reading, ...methods.filter((method) => method !== "GET"), "OPTIONS"].join(", ");
}
