import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { numberTable } from "./number-table.ts";

const layout = { columns: ["a", "b"], rows: 2, separator: "," } as const;

test("lines become rows, whatever the line ends", () => {
  const table = numberTable("t", "1,2\r\n-3.5,4e2\r\n", layout);
  assert.deepEqual(table.data, Float64Array.of(1, 2, -3.5, 400));
  assert.deepEqual([table.rows, table.cols, table.columns], [2, 2, ["a", "b"]]);
  assert.notEqual(table.columns, layout.columns, "the caller may change the result");
});

test("every double survives being printed and read", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 4, maxLength: 4 }), (v) => {
      const table = numberTable("t", `${v[0]} ${v[1]}\n${v[2]} ${v[3]}`, {
        ...layout,
        separator: /\s+/,
      });
      // Printing drops the sign of zero.
      assert.deepEqual(
        [...table.data],
        v.map((x) => x + 0),
      );
    }),
  );
});

test("wrong counts, non-numbers and values out of range are refused with their place", () => {
  const refused = (text: string, message: string | RegExp) =>
    assert.throws(() => numberTable("t", text, { ...layout, range: [0, 5] }), {
      code: "ERR_DATA",
      message,
    });
  refused("1,2", "t: expected 2 rows, got 1");
  refused("1,2\n3", "t: row 2 must have 2 numbers, got 1");
  refused("1,2\n3,x", 't: row 2, column "b": expected a number in 0..5, got "x"');
  refused("1,\n3,4", /row 1, column "b".*got ""/);
  refused("1,6\n3,4", /row 1, column "b".*got "6"/);
  refused("NaN,2\n3,4", /row 1, column "a".*got "NaN"/);
});
