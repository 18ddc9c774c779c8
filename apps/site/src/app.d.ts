import type { Account } from "@daily-kernel/feed";

declare global {
  namespace App {
    interface Locals {
      /** Who is signed in. */
      account: Account | null;
      /** The session's token, for forms and for signing out. */
      session: string | null;
    }
  }
}
