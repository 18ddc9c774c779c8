import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAdvice } from "./advice.ts";

const words = (n: number) => Array.from({ length: n }, () => "word").join(" ");
const optimisation = (n: number) =>
  JSON.stringify({
    bottleneck: words(n),
    optimisation_method: words(35),
    modification_plan: words(35),
  });

test("advice is found bare, in a fence, and between sentences", () => {
  const bare = optimisation(30);
  for (const reply of [bare, `\`\`\`json\n${bare}\n\`\`\``, `Here it is: ${bare} - good luck {}`]) {
    const parsed = parseAdvice("optimisation", reply);
    assert.ok("advice" in parsed, reply);
  }
});

test("too many words, missing fields, broken JSON and no JSON are named", () => {
  const problem = (reply: string, mode: "optimisation" | "correctness" = "optimisation") => {
    const parsed = parseAdvice(mode, reply);
    assert.ok("problem" in parsed);
    return parsed.problem;
  };
  assert.match(problem(optimisation(31)), /bottleneck: at most 30 words/);
  assert.match(problem('{"bottleneck": "x", "optimisation_method": "y"}'), /modification_plan/);
  assert.match(problem('{"bottleneck": "x'), /not JSON/);
  assert.match(problem("I would rather not"), /no JSON object/);
  const long = {
    critical_issue: words(21),
    why_it_matters: words(35),
    minimal_fix_hint: words(20),
  };
  assert.match(problem(JSON.stringify(long), "correctness"), /critical_issue: at most 20 words/);
  assert.match(problem(optimisation(3), "correctness"), /critical_issue/);
});

test("braces inside strings do not end the object", () => {
  const advice = {
    critical_issue: 'a "}" is missing after {',
    why_it_matters: "x",
    minimal_fix_hint: "y",
  };
  const parsed = parseAdvice("correctness", `so: ${JSON.stringify(advice)} end }`);
  assert.deepEqual(parsed, { advice });
});
