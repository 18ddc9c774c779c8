import { FeedError } from "@daily-kernel/feed";
import { error } from "@sveltejs/kit";
import { sentence } from "./forms.ts";

/** The tasks and the one that a reader chose. @throws 404 with the nearest ids. */
export async function forgePage(id: string) {
  // Read when the page is first asked for: 300 tasks are no part of a start of the server.
  const { kernelTask, taskIds } = await import("@daily-kernel/service/kernel-tasks");
  try {
    return { tasks: taskIds(), task: kernelTask(id) };
  } catch (thrown) {
    if (thrown instanceof FeedError) error(404, sentence(thrown.message));
    throw thrown;
  }
}
