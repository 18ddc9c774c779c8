import fc from "fast-check";
import { hostileMarkup } from "./hostile-markup.ts";
import { anyText } from "./texts.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export interface ApiRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly who: "nobody" | "reader" | "moderator";
}

/** What usually stands in a field of that name. */
const usual: Readonly<Record<string, readonly unknown[]>> = {
  id: ["2612.00001", "2612.00002", "log-bessel", "2612.50001"],
  objectId: [`${"0".repeat(23)}1`],
  commentId: [`${"0".repeat(23)}1`],
  runId: [`${"0".repeat(23)}1`],
  recordId: [`${"0".repeat(23)}1`, "x"],
  token: ["0".repeat(56)],
  date: ["2026-11-24", "2026-02-29"],
  week: ["2026-W47"],
  month: ["2026-11"],
  q: ["kernel", '"sparse kernel" -graph'],
  // Rarely known: each of those asks arXiv, whose rule is a request in three seconds.
  arxivId: ["2612.00001", "not an id", "2612.99999"],
  paperId: ["2612.00001", "log-bessel", "2612.00003"],
  email: ["somebody@example.org"],
  zone: ["UTC", "Europe/Berlin"],
  parentId: [null],
  projectPage: ["https://example.org/x", null],
  githubRepo: ["https://github.com/a/b", null],
};

const strange = fc.oneof(anyText, hostileMarkup);
const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  strange,
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, [], {}, [[[[]]]], "", -1, 1e308),
  fc.array(strange, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Requests to every operation that a description has, mostly in order and partly not. */
export function apiRequests(description: Description): fc.Arbitrary<ApiRequest> {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const resolved = (schema: Schema): Schema => {
    if (schema.$ref) {
      const name = schema.$ref.split("/").at(-1)!;
      return resolved(description.components?.schemas?.[name] ?? {});
    }
    return schema.anyOf ? resolved(schema.anyOf[0]!) : schema;
  };

  const usualValue = (name: string, given: Schema): fc.Arbitrary<unknown> => {
    const schema = resolved(given);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (usual[name]) return fc.constantFrom(...usual[name]);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (type === "integer" || type === "number") {
      const [min, max] = [schema.minimum ?? 0, Math.min(schema.maximum ?? 50, 1e6)];
      return fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) });
    }
    if (type === "boolean") return fc.boolean();
    if (type === "array") return fc.array(usualValue("", schema.items ?? {}), { maxLength: 3 });
    if (type === "object") return objectOf(schema);
    return fc.constantFrom("x", "kernels", "some words");
  };

  /** An object of which each field is as it should be, or not there, or anything. */
  const objectOf = (schema: Schema): fc.Arbitrary<unknown> => {
    const fields = Object.entries(schema.properties ?? {});
    return fc.record(
      Object.fromEntries([
        ...fields.map(([name, one]) => [
          name,
          fc.oneof(
            { arbitrary: usualValue(name, one), weight: 5 },
            { arbitrary: strangeValue, weight: 1 },
          ),
        ]),
        ["unknown", strangeValue],
      ]),
      { requiredKeys: [] },
    );
  };

  const bodyOf = ({ requestBody }: Operation): fc.Arbitrary<string> => {
    const schema = requestBody?.content["application/json"]?.schema;
    if (!schema) return fc.oneof(fc.constant(""), strange);
    return fc.oneof(
      { arbitrary: objectOf(resolved(schema)).map((value) => JSON.stringify(value)), weight: 8 },
      { arbitrary: strangeValue.map((value) => JSON.stringify(value)), weight: 1 },
      {
        arbitrary: fc.constantFrom(
          "{",
          "[".repeat(9000),
          '{"a":',
          "\0",
          '{"__proto__":{"x":1}}',
          "1".repeat(70_000),
        ),
        weight: 1,
      },
    );
  };

  return fc.constantFrom(...operations).chain(({ path, method, operation }) => {
    const parameters = operation.parameters ?? [];
    const inPath = fc.tuple(
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
        fc.oneof(
          {
            arbitrary: usualValue(name!, {}).map((value) => encodeURIComponent(String(value))),
            weight: 4,
          },
          { arbitrary: strange.map(inAddress), weight: 1 },
          { arbitrary: strange.map(rawInAddress), weight: 1 },
        ),
      ),
    );
    const members = parameters
      .filter((one) => one.in === "query")
      .flatMap(({ name, schema }) => {
        const { properties } = resolved(schema);
        return properties ? Object.entries(properties) : [[name, schema] as const];
      });
    const pair = ([name, schema]: readonly [string, Schema]) =>
      fc
        .oneof(
          { arbitrary: usualValue(name, schema), weight: 3 },
          { arbitrary: strange, weight: 2 },
        )
        .map((value) => `${name}=${inAddress(String(value))}`);
    const query =
      members.length === 0
        ? fc.constantFrom("", "", "x=1")
        : fc
            .array(fc.constantFrom(...members).chain(pair), { maxLength: 3 })
            .map((all) => all.join("&"));
    return fc.record({
      path: fc.tuple(inPath, query).map(([values, search]) => {
        let n = 0;
        return path.replace(/\{\w+\}/g, () => values[n++]!) + (search && `?${search}`);
      }),
      method: fc.oneof(
        { arbitrary: fc.constant(method.toUpperCase()), weight: 12 },
        {
          arbitrary: fc.constantFrom("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "POST"),
          weight: 1,
        },
      ),
      headers: strangeHeaders,
      body: bodyOf(operation),
      who: fc.constantFrom("nobody" as const, "reader" as const, "moderator" as const),
    });
  });
}

/** Well-formed in an address, whatever it is. */
export const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed());

/** As it stands, as far as an address can be sent with it. */
const rawInAddress = (text: string): string =>
  text.toWellFormed().replace(/[^\x21-\x7e]|[?#]/gu, (one) => encodeURIComponent(one));

const printable = strange.map((text) =>
  text
    .replace(/[^\x20-\x7e]/g, "")
    .trim()
    .slice(0, 300),
);
const strangeHeaders = fc.oneof(
  { arbitrary: fc.constant({}), weight: 4 },
  {
    arbitrary: fc.dictionary(
      fc.constantFrom(
        "accept",
        "if-none-match",
        "accept-encoding",
        "accept-language",
        "cookie",
        "origin",
        "referer",
        "range",
        "user-agent",
        "authorization",
        "content-type",
        "x-forwarded-proto",
        "sec-fetch-site",
        "if-modified-since",
      ),
      fc.oneof(
        printable,
        fc.constantFrom("*", 'W/"x"', "text/markdown", "gzip;q=x", "bytes=0-", "*/*;q=2"),
      ),
      { maxKeys: 2 },
    ),
    weight: 1,
  },
);
