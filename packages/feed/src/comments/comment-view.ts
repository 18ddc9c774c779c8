import type { PublicAccount } from "../papers/paper-view.ts";

/** A comment as a viewer sees it, in the order of the thread. */
export interface CommentView {
  readonly id: string;
  readonly paperId: string;
  readonly parentId: string | null;
  /** Null if the account is gone, or the comment is. */
  readonly author: PublicAccount | null;
  /** Markdown; empty unless the viewer may read it. */
  readonly body: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  /** A deleted or hidden comment is in the list only as long as replies hang from it. */
  readonly state: "visible" | "deleted" | "hidden";
  /** Why it is hidden. */
  readonly hiddenReason: string | null;
  /** 0 for those that answer the paper. */
  readonly depth: number;
}
