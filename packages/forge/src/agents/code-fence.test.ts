import assert from "node:assert/strict";
import { test } from "node:test";
import { extractCode } from "./code-fence.ts";

const fenced = (name: string, code: string) => `\`\`\`${name}\n${code}\n\`\`\``;

test("the first fence of the right language", () => {
  const reply = `Text\n${fenced("python", "print()")}\n${fenced("cpp", "int a;")}\n${fenced("cpp", "int b;")}`;
  assert.equal(extractCode(reply, "cpp"), "int a;\n");
  assert.equal(extractCode(reply, "python"), "print()\n");
});

test("a fence without a name, then any fence, then the whole reply", () => {
  assert.equal(extractCode(`${fenced("sh", "ls")}\n${fenced("", "int a;")}`, "cpp"), "int a;\n");
  assert.equal(extractCode(fenced("rust", "fn a() {}"), "cpp"), "fn a() {}\n");
  assert.equal(extractCode("  int a;  ", "cpp"), "int a;\n");
});

test("a fence that is not closed reaches to the end", () => {
  assert.equal(extractCode("Here:\n```c++\nint a;\nint b;", "cpp"), "int a;\nint b;\n");
});

test("longer fences hold shorter ones, empty ones are passed over, line ends do not matter", () => {
  assert.equal(extractCode("````cpp\n```\n// x\n```\n````", "cpp"), "```\n// x\n```\n");
  assert.equal(
    extractCode(`${fenced("cpp", "  ")}\n${fenced("cpp", "int a;")}`, "cpp"),
    "int a;\n",
  );
  assert.equal(extractCode("```cpp\r\nint a;\r\n```\r\n", "cpp"), "int a;\n");
});
