import assert from "node:assert/strict";
import { test } from "node:test";
import type { Language } from "../../session/backend.ts";
import { staticCheck } from "./static-check.ts";

const rulesOf = (source: string, language: Language = "cpp") =>
  staticCheck(source, language).map(({ rule, severity }) => `${severity} ${rule}`);

test("what a text gives away, by language", () => {
  assert.deepEqual(rulesOf('void* p = dlopen("libblas.so", 1);'), ["error library-call"]);
  assert.deepEqual(rulesOf("auto t = std::chrono::steady_clock::now();"), ["error clock-read"]);
  assert.deepEqual(rulesOf('asm("syscall");'), ["error system-call"]);
  assert.deepEqual(rulesOf('asm(".incbin \\"/etc/passwd\\"");'), ["error system-call"]);
  assert.deepEqual(rulesOf('#include "/etc/passwd"'), ["error forbidden-include"]);
  assert.deepEqual(rulesOf("#include <../../x>"), ["error forbidden-include"]);
  assert.deepEqual(rulesOf("#incl\\\nude </etc/passwd>"), ["error forbidden-include"]);
  assert.deepEqual(rulesOf("_Float16 h;"), ["warning reduced-precision"]);
  assert.deepEqual(rulesOf("call execute_command_line('ls')", "fortran"), ["error system-call"]);
  assert.deepEqual(rulesOf("try:\n  x = 1\nexcept: pass", "python"), ["error fallback"]);
  assert.deepEqual(rulesOf("enable f16;", "wgsl"), ["warning reduced-precision"]);
});

test("comments, texts and honest code give nothing away; evidence names the line", () => {
  assert.deepEqual(rulesOf('// system("ls")\n/* getenv */ const char* s = "dlopen";'), []);
  assert.deepEqual(rulesOf('#include <vector>\nasm volatile("" ::: "memory");'), []);
  assert.deepEqual(rulesOf("int clock = 1; float system_time; solver.system(3);"), []);
  const [found] = staticCheck('int a;\nint b = system("x");', "cpp");
  assert.equal(found?.evidence, 'line 2: int b = system("x");');
});
