import assert from "node:assert/strict";
import { test } from "node:test";
import { firstExample } from "./snippet.ts";

test("the first ts block is the example", () => {
  const readme =
    "# x\n\n```sh\nnpm i\n```\n\n```ts\nimport a from 'a';\n\na();\n```\n\n```ts\nb();\n```\n";
  assert.equal(firstExample(readme), "import a from 'a';\n\na();");
  assert.equal(firstExample("# none\n"), null);
});
