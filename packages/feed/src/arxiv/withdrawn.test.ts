import assert from "node:assert/strict";
import { test } from "node:test";
import { saysWithdrawn } from "./withdrawn.ts";

test("comments that say a paper is withdrawn, and some that do not", () => {
  for (const comment of [
    "This paper has been withdrawn by the author due to an error",
    "this paper has been withdrawn",
    "This article was withdrawn",
    "The submission is withdrawn; see v1",
    "Paper withdrawn",
    "Withdrawn.",
    "  This manuscript has been withdrawn",
  ])
    assert.equal(saysWithdrawn(comment), true, comment);
  for (const comment of [
    null,
    undefined,
    "",
    "12 pages",
    "Withdrawnness of agents, 3 figures",
    "Replaces a paper that has been withdrawn",
    "We study withdrawn papers",
  ])
    assert.equal(saysWithdrawn(comment), false, String(comment));
});

test("a hundred thousand characters are no more than their beginning", () => {
  for (const piece of [" ", ".", "this ", "paper ", "is "])
    assert.equal(saysWithdrawn(piece.repeat(100_000 / piece.length)), false);
});
