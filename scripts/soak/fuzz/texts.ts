import fc from "fast-check";

/** Any text at all: every code point, halves of pairs, controls; and some that have bitten others. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    ...[
      "",
      " ",
      "\0",
      "\ud800",
      "\udc00x",
      "\u202eevil\u202c",
      "\u2028",
      "\ufeff",
      "\r\nBcc: x@example.org",
    ],
    ...["__proto__", "constructor", "toString", "null", "undefined", "NaN", "-0", "1e309", "0x10"],
    ...[
      "../../etc/passwd",
      "%00",
      "%ZZ",
      "%c0%ae",
      "'; drop table papers; --",
      "{{7*7}}",
      "#{7*7}",
    ],
    ...["a".repeat(3000), "(".repeat(500), '"'.repeat(201), "İ".repeat(50), "ﷺ".repeat(40)],
  ),
);

/** A text with some of it changed: what almost is what it should be. */
export const mutated = (base: fc.Arbitrary<string>, pieces = anyText): fc.Arbitrary<string> =>
  fc
    .tuple(
      base,
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.oneof(fc.constant(""), pieces)), {
        maxLength: 4,
      }),
    )
    .map(([text, edits]) =>
      edits.reduce((now, [at, length, piece]) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + piece + now.slice(from + length);
      }, text),
    );
