import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addComment, listPaper, runDigest, upsertPapers } from "@daily-kernel/feed/node";
import type { Locator, Page } from "playwright-core";
import { findings, Harness, linkIn, until } from "./harness.ts";

let site: Harness;
before(async () => {
  // Runs wait: nobody measures them here.
  site = await Harness.start({ ADMIN_EMAIL: "mod@example.org", WORKERS: "0" });
  await list("2510.00001", "A paper to talk about", new Date("2025-10-01T10:00:00Z"));
});
/** Its page, which is light: there is no room. */
const talked = "/papers/2510.00001";
after(() => site?.stop());

const close = (page: Page) => page.context().close();

/** A paper that enters the feed at this moment. */
async function list(id: string, title: string, now: Date) {
  const { db } = site.site.service;
  const [publishedAt, updatedAt] = [now, now];
  await upsertPapers(db, [
    { id, title, abstract: "What it says.", authors: ["Ada Byron"], publishedAt, updatedAt },
  ]);
  await listPaper(db, { paperId: id, now });
}

test("a subscriber asks, confirms, receives, leaves with one click, and hears no more", async () => {
  const { page, complaints } = await site.page();
  const { db, mailer, config, now } = site.site.service;
  const email = "reader@example.org";
  const subscriber = () =>
    db.selectFrom("subscribers").selectAll().where("email", "=", email).executeTakeFirstOrThrow();

  await page.goto("/");
  await page.getByLabel("in your inbox").fill(email);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.waitForURL(/\/subscribe\?email=/);
  assert.equal(await page.getByLabel("Mail address").inputValue(), email);
  await page.getByLabel("Time zone").selectOption("Europe/Paris");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();

  const link = linkIn(await site.mailTo(email), "/subscribe/confirm");
  await page.goto(link);
  assert.equal((await subscriber()).confirmed_at, null, "opening the link confirms nothing");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("heading", { name: "You are subscribed" }).waitFor();
  assert.equal((await subscriber()).zone, "Europe/Paris");

  await list("2511.00001", "A paper of the day", now());
  const due = () =>
    subscriber().then(({ next_run_at }) => new Date(next_run_at!.getTime() + 60_000));
  await runDigest(db, mailer, { now: await due(), baseUrl: config.baseUrl });
  const mail = await site.mailTo(email, 1);
  assert.match(mail, /A paper of the day/);
  assert.match(mail, /^list-unsubscribe-post: List-Unsubscribe=One-Click/m);
  const leave = linkIn(mail, "/u/");

  await page.goto(leave);
  await page.getByText(email).first().waitFor();
  assert.equal((await subscriber()).unsubscribed_at, null, "opening the page ends nothing");
  assert.deepEqual(await findings(page), []);
  const later = new Date((await due()).getTime() + 86_400_000);
  for (const _ of [1, 2]) {
    const reply = await fetch(leave, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "error",
    });
    assert.equal(reply.status, 200);
  }
  assert.notEqual((await subscriber()).unsubscribed_at, null);

  await list("2511.00002", "A paper of the next day", new Date(later.getTime() - 3_600_000));
  await runDigest(db, mailer, { now: later, baseUrl: config.baseUrl });
  assert.equal(site.mails.filter(({ to }) => to === email).length, 2);
  await page.reload();
  await page.getByText("No mails go to").first().waitFor();
  assert.deepEqual(complaints, []);
  await close(page);
});

test("preferences are changed and ended on the page, without script", async () => {
  const { page } = await site.page({ javaScriptEnabled: false });
  const email = "quiet@example.org";
  await page.goto(`/subscribe?email=${email}`);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
  await page.goto(linkIn(await site.mailTo(email), "/subscribe/confirm"));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("link", { name: "Change or end it" }).click();
  await page.getByLabel("Once a week").check();
  await page.getByLabel("Day, if weekly").selectOption("Friday");
  await page.getByLabel("statistics").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").first().waitFor();
  assert.equal(await page.getByLabel("Day, if weekly").inputValue(), "5");
  assert.ok(await page.getByLabel("statistics").isChecked());
  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await page.getByText("Done: no more mails.").first().waitFor();
  await close(page);
});

test("whether an address is known is told to nobody, and a used link is refused kindly", async () => {
  const { page } = await site.page();
  const answers: string[] = [];
  for (const email of ["twice@example.org", "twice@example.org"]) {
    await page.goto(`/subscribe?email=${email}`);
    await page.getByRole("button", { name: "Subscribe" }).click();
    await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    answers.push((await page.locator("main").textContent()) ?? "");
  }
  assert.equal(answers[0], answers[1]);
  await page.goto("/subscribe/confirm?token=never-given");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("alert").filter({ hasText: "used up, or was never given" }).waitFor();
  await close(page);
});

test("without script: sign in by mail, vote, comment, reply, edit, delete", async () => {
  const { page } = await site.page({ javaScriptEnabled: false });
  await page.goto(talked);
  await page.locator("aside form[data-vote] button").click();
  await page.waitForURL(/\/sign-in\?next=%2Fpapers%2F2510/);
  await site.signIn(page, "plain@example.org", talked);
  assert.equal(new URL(page.url()).pathname, talked);

  const aside = page.locator("aside");
  const voted = (pressed: boolean) =>
    aside.getByRole("button", { name: /^Upvote/, pressed }).waitFor();
  await aside.getByRole("button", { name: /^Upvote/, pressed: false }).click();
  await voted(true);
  await aside.getByRole("button", { name: /, 1 vote$/ }).waitFor();

  await page.getByLabel("Say something").fill("First, *with* stress.");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  const comment = page.locator(".comment").first();
  await comment.locator("em", { hasText: "with" }).waitFor();
  await comment.getByText("Reply", { exact: true }).first().click();
  await page.getByLabel("Your reply").fill("To myself.");
  await comment.getByRole("button", { name: "Reply" }).click();
  const reply = page.locator(".comment", { hasText: "To myself." });
  await reply.waitFor();
  await comment.getByText("Edit", { exact: true }).click();
  await comment.getByLabel("Your comment").fill("First, edited.");
  await comment.getByRole("button", { name: "Save" }).click();
  await comment.getByText("First, edited.").first().waitFor();
  await comment.getByRole("button", { name: "Delete" }).click();
  await page.getByText("This comment was deleted.").waitFor();
  await reply.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Nobody has said anything yet.").waitFor();
  await aside.getByRole("button", { name: /^Upvote/, pressed: true }).click();
  await voted(false);
  await close(page);
});

test("a long discussion has pages, and a new comment is shown on its own", async () => {
  const { page } = await site.page({ javaScriptEnabled: false });
  const { db, now } = site.site.service;
  const paperId = "2510.00003";
  await list(paperId, "A paper that many talk about", new Date("2025-10-03T10:00:00Z"));
  await site.signIn(page, "talker@example.org", `/papers/${paperId}`);
  const { id: accountId } = await db
    .selectFrom("accounts")
    .select("id")
    .where("email", "=", "talker@example.org")
    .executeTakeFirstOrThrow();
  for (let number = 1; number <= 200; number++)
    await addComment(db, {
      paperId,
      accountId,
      parentId: null,
      body: `Number ${number}.`,
      now: now(),
    });
  await page.reload();
  assert.equal(await page.locator(".comment").count(), 200);
  assert.equal(await page.getByRole("navigation", { name: "Pages of the discussion" }).count(), 0);
  await page.getByLabel("Say something").fill("Number 201.");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.getByText("Page 2 of 2").waitFor();
  assert.deepEqual(await page.locator(".comment .body").allInnerTexts(), ["Number 201."]);
  await page.getByRole("link", { name: "Earlier comments" }).click();
  await page.getByText("Page 1 of 2").waitFor();
  assert.equal(await page.locator(".comment").count(), 200);
  await page.getByRole("link", { name: "Later comments" }).click();
  await page.locator(".comment .body", { hasText: "Number 201." }).waitFor();
  await close(page);
});

test("with script a vote stays on its page, and so does what it counted", async () => {
  const { page, complaints } = await site.page();
  await site.signIn(page, "voter@example.org");
  await page.evaluate(() => Object.assign(globalThis, { same: true }));
  await page.keyboard.press("j");
  await page.keyboard.press("u");
  const button = page.locator("article form[data-vote] button").first();
  await until(async () => (await button.getAttribute("aria-pressed")) === "true");
  assert.match((await button.getAttribute("aria-label")) ?? "", /, 1 vote$/);
  assert.equal(await page.evaluate(() => (globalThis as unknown as { same: boolean }).same), true);
  await page.reload();
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await page.goto("/papers/trending");
  assert.equal(await button.getAttribute("aria-pressed"), "true", "a vote makes a paper trend");
  assert.deepEqual(complaints, []);
  await close(page);
});

test("mathematics in a comment is set, and nothing in it runs", async () => {
  const { page, complaints } = await site.page();
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await site.signIn(page, "author@example.org", talked);
  const attack = [
    "Euler: $e^{i\\pi} = -1$, and a price of $5.",
    '<script>alert(1)</script><img src=x onerror="alert(2)"><svg onload=alert(3)>',
    "[a link](javascript:alert(4)) and [another](https://example.org/)",
    "$\\href{javascript:alert(5)}{x}$ $\\htmlStyle{color:red}{y}$ $\\includegraphics{x}$",
    "<a href='#' onclick='alert(6)'>click</a> \u202Ereversed\u202C",
  ].join("\n\n");
  await page.getByLabel("Say something").fill(attack);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.waitForURL(/#comment-/);
  const body = page.locator(".comment .body").first();
  assert.ok((await body.locator("math").count()) >= 1);
  assert.equal(await body.locator("script, img, svg[onload], [onclick], [onerror]").count(), 0);
  const hrefs = await body
    .locator("a")
    .evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.getAttribute("rel")]));
  assert.deepEqual(
    hrefs.map(([href]) => href),
    ["https://example.org/"],
  );
  assert.match(hrefs[0]?.[1] ?? "", /nofollow/);
  assert.doesNotMatch((await body.textContent()) ?? "", /[\u202A-\u202E]/);
  await body.locator("a").first().hover();
  assert.equal(dialogs, 0);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await findings(page), []);
  await close(page);
});

test("forms of other sites and with other tokens are refused", async () => {
  const { page } = await site.page();
  await site.signIn(page, "careful@example.org");
  const csrf = await page.locator("form[data-vote] input[name=csrf]").first().inputValue();
  const post = (fields: Record<string, string>, origin: string) =>
    page.request.post(`${talked}/vote`, {
      form: fields,
      headers: { origin, accept: "application/json" },
    });
  assert.equal((await post({ vote: "1", csrf: "made.up" }, site.url)).status(), 403);
  assert.equal((await post({ vote: "1" }, site.url)).status(), 403);
  assert.equal((await post({ vote: "1", csrf }, "https://evil.example")).status(), 403);
  assert.equal((await post({ vote: "1", csrf }, site.url)).status(), 200);
  await close(page);
});

test("a sign-in link works once, and only in the browser that asked", async () => {
  const { page } = await site.page();
  const { page: other } = await site.page();
  const email = "once@example.org";
  await page.goto("/sign-in");
  await page.getByLabel("Mail address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
  const link = linkIn(await site.mailTo(email), "/sign-in/link");
  await other.goto(link);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("alert").filter({ hasText: "browser" }).first().waitFor();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/account\?new=1/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${site.url}/`);
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").filter({ hasText: "not valid any more" }).waitFor();
  await close(page);
  await close(other);
});

test("an account: names, a passkey, a token, sessions, export, deletion", async () => {
  const { page, complaints } = await site.page();
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await site.signIn(page, "owner@example.org", "/account");
  await page.getByLabel("Name (a-z").fill("ada");
  await page.getByLabel("Name in full").fill("Ada Byron");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  assert.ok(await page.getByRole("link", { name: "Ada Byron" }).isVisible());

  await page.getByLabel("A name for it").fill("This laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("This laptop").waitFor();

  await page.getByLabel("What it is for").fill("a script");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = (await page.locator("pre", { hasText: "dk_" }).textContent()) ?? "";
  const votes = await fetch(`${site.url}/api/papers/2409.08729/upvote`, {
    method: "POST",
    headers: { authorization: `Bearer ${token.trim()}` },
  });
  assert.equal(votes.status, 200);
  assert.deepEqual(await findings(page), []);

  const file = await page.request.get("/account/export");
  assert.match(file.headers()["content-disposition"] ?? "", /attachment/);
  assert.equal((await file.json()).votes.length, 1);

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/sign-in?next=/account");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`${site.url}/account`);
  await page.getByText("owner@example.org").first().waitFor();

  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByText("Delete this account").click();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.waitForURL(/gone=1/);
  assert.ok(await page.getByRole("link", { name: "Sign in", exact: true }).isVisible());
  const gone = await fetch(`${site.url}/api/papers/2409.08729/upvote`, {
    method: "POST",
    headers: { authorization: `Bearer ${token.trim()}` },
  });
  assert.equal(gone.status, 401);
  assert.deepEqual(complaints, []);
  await close(page);
});

test("a reported comment comes to the moderators, who hide it; the log tells who did", async () => {
  const { page: writer } = await site.page();
  await site.signIn(writer, "rude@example.org", talked);
  await writer.getByLabel("Say something").fill("Something rude.");
  await writer.getByRole("button", { name: "Comment", exact: true }).click();
  await writer.waitForURL(/#comment-/);
  assert.equal((await writer.goto("/admin"))?.status(), 403);

  const { page: reader } = await site.page();
  await site.signIn(reader, "offended@example.org", talked);
  const comment = reader.locator(".comment", { hasText: "Something rude." });
  await comment.getByText("Report", { exact: true }).click();
  await comment.getByLabel("What is wrong with it").fill("It is rude");
  await comment.getByRole("button", { name: "Tell the moderators" }).click();
  await reader.getByText("The moderators have been told.").waitFor();

  const { page: moderator } = await site.page();
  await site.signIn(moderator, "mod@example.org", "/admin");
  await moderator.getByText("It is rude").first().waitFor();
  await moderator.getByRole("button", { name: "Hide it" }).click();
  await moderator.getByText("Nothing waits.").waitFor();
  await moderator.getByText("comment.hide").first().waitFor();
  assert.deepEqual(await findings(moderator), []);
  await reader.reload();
  assert.equal(await reader.getByText("Something rude.").count(), 0);
  for (const page of [writer, reader, moderator]) await close(page);
});

test("submitting: who may, what is wrong with an id, and a paper that is here already", async () => {
  const { page: reader } = await site.page();
  await site.signIn(reader, "eager@example.org", "/papers/submit");
  await reader.getByText("A moderator can let it submit").first().waitFor();
  const { page, complaints } = await site.page();
  await site.signIn(page, "mod@example.org", "/papers/submit");
  await page.getByLabel("arXiv id or address").fill("2407.2680");
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByRole("alert").filter({ hasText: "2407.2680" }).waitFor();
  assert.equal(await page.getByLabel("arXiv id or address").inputValue(), "2407.2680");
  await page.getByLabel("arXiv id or address").fill("https://arxiv.org/abs/2510.00001v2");
  await page.getByRole("button", { name: "Submit" }).click();
  await page.waitForURL(`${site.url}${talked}`);
  assert.deepEqual(
    complaints.filter((words) => !words.includes("400")),
    [],
  );
  for (const one of [reader, page]) await close(one);
});

test("a run on the server is queued, followed as it goes, and cancelled", async () => {
  const { page, complaints } = await site.page();
  await site.signIn(page, "runner@example.org", "/papers/log-bessel");
  await page.getByRole("button", { name: "Queue a run" }).click();
  await page.waitForURL(/#server-runs/);
  const run = page.locator("[data-run]").first();
  assert.equal(await run.getAttribute("data-state"), "queued");
  const { db, now } = site.site.service;
  const id = (await run.getAttribute("data-run")) ?? "";
  const update = (values: {
    state: "running";
    progress: number;
    doing: string;
    heartbeat_at: Date;
  }) => db.updateTable("runs").set(values).where("id", "=", id).execute();
  // As a worker would: a run without a sign of life is taken for dead.
  await update({ state: "running", progress: 0.25, doing: "summing series", heartbeat_at: now() });
  await run.getByText("25 % · summing series").waitFor();
  const { streams } = site.site.service;
  assert.equal(streams.size, 1, "the page's own");
  const others = new AbortController();
  for (let open = 1; open < 20; open++) streams.take("127.0.0.1", others.signal);
  assert.equal((await fetch(`${site.url}/runs/${id}/events`)).status, 429);
  others.abort();
  await page.getByRole("button", { name: "Queue a run" }).click();
  await page.getByRole("alert").filter({ hasText: "at once is allowed" }).waitFor();
  await page.getByRole("button", { name: "Cancel this run" }).click();
  await page.locator("[data-run]", { hasText: "cancelling" }).waitFor();
  await db.updateTable("runs").set({ state: "cancelled" }).where("id", "=", id).execute();
  assert.deepEqual(
    complaints.filter((words) => !words.includes("429")),
    [],
  );
  await close(page);
});

test("with the keyboard alone: sign in, find a paper, vote, comment", async () => {
  const { page } = await site.page();
  const { keyboard } = page;
  const email = "keys@example.org";
  /** Presses Tab until the focus is on this, which then can be seen. */
  const tabTo = async (target: Locator) => {
    for (let i = 0; i < 120; i++) {
      await keyboard.press("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) {
        const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
        assert.notEqual(outline, "none", "the focus is visible");
        return;
      }
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  await page.goto("/");
  await tabTo(page.getByRole("link", { name: "Sign in", exact: true }));
  await keyboard.press("Enter");
  await page.waitForURL(/sign-in/);
  await tabTo(page.getByLabel("Mail address"));
  await keyboard.type(email);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
  await page.goto(linkIn(await site.mailTo(email), "/sign-in/link"));
  await tabTo(page.getByRole("button", { name: "Sign in" }));
  await keyboard.press("Enter");
  await page.waitForURL(/account/);
  await page.goto("/");
  await keyboard.press("/");
  await keyboard.type("bessel");
  await keyboard.press("Enter");
  await page.waitForURL(/q=bessel/);
  await keyboard.press("j");
  await keyboard.press("o");
  await page.waitForURL(/log-bessel/);
  // The address changes before the page does.
  const vote = page.locator("aside form[data-vote] button");
  await vote.waitFor();
  await keyboard.press("u");
  await until(async () => (await vote.getAttribute("aria-pressed")) === "true");
  await tabTo(page.getByLabel("Say something"));
  await keyboard.type("By keyboard.");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.waitForURL(/#comment-/);
  await page.getByText("By keyboard.").first().waitFor();
  await close(page);
});
