import type { BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../../browser/launch-browser.ts";
import type { Check } from "../part.ts";
import type { LiveSite } from "./live-site.ts";

/** What a real browser saw. */
export interface CanaryReport {
  readonly texts: number;
  readonly pages: number;
  readonly checks: readonly Check[];
}

/** Runs in the page before anything of it does: tells whatever should not happen. */
function watch(): void {
  const told: string[] = [];
  Object.assign(globalThis, {
    told,
    canary: (...what: unknown[]) => told.push(`canary ${what.join(" ")}`),
    alert: () => told.push("alert"),
  });
  document.addEventListener("securitypolicyviolation", (event) =>
    told.push(`policy ${event.violatedDirective} ${event.blockedURI}`),
  );
}

/** Runs in a page that has loaded: touches everything that readers wrote, and tells what it is. */
function touch(): string[] {
  const found: string[] = [];
  const events =
    "click mouseover mouseenter focus error load toggle begin animationstart pointerdown".split(
      " ",
    );
  for (const element of document.querySelectorAll("main *")) {
    for (const { name, value } of element.attributes) {
      const address = /^(href|src|action|formaction|xlink:href|data|srcdoc)$/.test(name);
      if (address && /^\W*(javascript|data|vbscript):/i.test(value) && element.tagName !== "IMG")
        found.push(`${element.tagName} ${name}=${value.slice(0, 80)}`);
      if (/^on/i.test(name)) found.push(`${element.tagName} ${name}=${value.slice(0, 80)}`);
    }
    if (element.closest(".body, h1, .abstract"))
      for (const name of events) {
        const event = new Event(name, { bubbles: false, cancelable: true });
        element.dispatchEvent(event);
      }
  }
  return found;
}

/**
 * Loads the papers whose titles, abstracts and comments are hostile: under the site's own policy, and
 * again without any, so that what the policy alone would have stopped is seen. A picture with a
 * handler that we put into the page ourselves shows that the canary would have sung.
 */
export async function canaryInBrowser(
  site: LiveSite,
  log: (line: string) => void,
): Promise<CanaryReport> {
  const browser = await launchBrowser();
  const wrong: string[] = [];
  const sang: Record<string, boolean> = {};
  let hydrated = 0;
  try {
    for (const bypassCSP of [false, true]) {
      const context = await browser.newContext({ baseURL: site.client.url, bypassCSP });
      await context.addInitScript(watch);
      const page = await context.newPage();
      watchRequests(page, site, wrong);
      for (const id of site.hostilePapers) {
        const errors: string[] = [];
        const note = (error: Error) => errors.push(error.message);
        page.on("pageerror", note);
        await page.goto(`/papers/${id}`, { waitUntil: "load" });
        const found = await page.evaluate(touch);
        // What an event has started runs before this comes back.
        const told = await page.evaluate(
          () =>
            new Promise<string[]>((resolve) =>
              setTimeout(() => resolve((globalThis as unknown as { told: string[] }).told), 20),
            ),
        );
        page.off("pageerror", note);
        hydrated++;
        for (const what of [...found, ...told, ...errors])
          wrong.push(`${id}${bypassCSP ? " without the policy" : ""}: ${what}`);
      }
      sang[String(bypassCSP)] = await sings(page);
      if (!bypassCSP) wrong.push(...(await brokenFeeds(context)));
      await context.close();
      log(
        `the browser has seen ${site.hostilePapers.length} pages ${bypassCSP ? "without" : "under"} the policy`,
      );
    }
  } finally {
    await browser.close();
  }
  return {
    texts: site.hostileTexts,
    pages: hydrated,
    checks: [
      {
        what: `of ${site.hostileTexts} hostile texts on ${site.hostilePapers.length} pages, none ran, loaded, or offended the policy${wrong.length > 0 ? `: ${wrong.slice(0, 5).join("; ")}` : ""}`,
        holds: wrong.length === 0,
      },
      {
        what: "a handler that we wrote into the page ourselves ran without the policy, and did not run under it",
        holds: sang.true === true && sang.false === false,
      },
    ],
  };
}

/** Anything that a page asks of another place than the site, or that opens a dialog. */
function watchRequests(page: Page, site: LiveSite, wrong: string[]): void {
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.client.url) && !/^(data|blob):/.test(url))
      wrong.push(`it asked for ${url}`);
  });
  page.on("dialog", async (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
}

/** Whether a handler in the markup runs on the page that is open. */
const sings = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const { told } = globalThis as unknown as { told: string[] };
        const place = document.createElement("div");
        place.innerHTML = '<img src="data:x" onerror="canary(0)">';
        // Listeners are called in their order: the markup's own, where it may run, and then this one.
        place.firstElementChild!.addEventListener("error", () =>
          resolve(told.includes("canary 0")),
        );
        document.querySelector("main")!.append(place);
      }),
  );

/** The feeds that the browser's own XML parser does not take. */
async function brokenFeeds(context: BrowserContext): Promise<string[]> {
  const page = await context.newPage();
  await page.goto("/about");
  const broken = await page.evaluate(async () => {
    const bad: string[] = [];
    for (const path of ["/feed.atom", "/rss.xml", "/sitemap.xml"]) {
      const text = await (await fetch(path)).text();
      const parsed = new DOMParser().parseFromString(text, "application/xml");
      const error = parsed.querySelector("parsererror");
      if (error) bad.push(`${path}: ${error.textContent?.slice(0, 200)}`);
    }
    return bad;
  });
  await page.close();
  return broken;
}
