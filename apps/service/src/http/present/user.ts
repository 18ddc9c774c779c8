import type { PublicAccount } from "@daily-kernel/feed";
import type { z } from "@hono/zod-openapi";
import type { User } from "../schemas/paper.ts";

type UserReply = z.infer<typeof User>;

/** An account in the form of the Hugging Face contract. */
export const userReply = (account: PublicAccount, baseUrl: string): UserReply => ({
  _id: account.id,
  avatarUrl: `${baseUrl}/favicon.svg`,
  fullname: account.fullName || account.name,
  name: account.name,
  user: account.name,
  type: "user",
  isPro: false,
  isHf: false,
  isHfAdmin: false,
  isMod: false,
});

/** Who lists the papers that no reader submitted. */
export const theService: PublicAccount = {
  id: "0".repeat(24),
  name: "daily-kernel",
  fullName: "Daily Kernel",
};
