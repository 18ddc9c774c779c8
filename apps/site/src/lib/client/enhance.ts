/**
 * What script adds to pages that read without it: votes in place, keys, the copy for offline
 * reading, confirmation of what cannot be undone. One small file for every page.
 */
import { listenForKeys } from "./keys.ts";
import { keepForOffline } from "./offline.ts";
import { runPasskeys } from "./passkeys.ts";
import { followRuns } from "./runs.ts";
import { voteInPlace } from "./votes.ts";
import { guessZone } from "./zone.ts";

voteInPlace();
guessZone();
listenForKeys();
followRuns();
runPasskeys();
keepForOffline();

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});
