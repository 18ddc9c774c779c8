import assert from "node:assert/strict";
import { test } from "node:test";
import { reversed, withoutComments } from "./reverse.ts";

const plain = `
@group(0) @binding(0) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  y[id.x] = lane;
}`;

test("the indices of a reversed kernel come from the last workgroup", () => {
  const twin = reversed(plain)!;
  assert.match(twin, /@builtin\(workgroup_id\) forge_group/);
  assert.doesNotMatch(twin, /global_invocation_id/);
  assert.match(twin, /let id = \(forge_groups - vec3<u32>\(1u\) - forge_group\)/);
  assert.match(twin, /y\[id\.x\] = lane;/);
});

test("a kernel with names of its own for the built-in values keeps them", () => {
  const twin = reversed(`@workgroup_size(8, 4) @compute fn main(
    @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u,
  ) { let n = count.x + group.x; }`)!;
  assert.match(twin, /@builtin\(num_workgroups\) count: vec3u/);
  assert.match(twin, /let group = count - vec3<u32>\(1u\) - forge_group;/);
});

test("where workgroups have no numbers, or parameters no plain form, there is no twin", () => {
  assert.equal(reversed("@compute @workgroup_size(1) fn main() {}"), null);
  assert.equal(reversed("@compute @workgroup_size(1) fn main(in: Builtins) {}"), null);
  assert.equal(reversed("fn other() {}"), null);
});

test("comments of both kinds go, and lines stay where they are", () => {
  const source = "a // b /* c\n/* d /* e */\nf */ g";
  assert.equal(withoutComments(source), "a \n\n  g");
});
