/** The switch on the account and help pages turns single keys off (WCAG 2.1.4). */
const setting = "daily-kernel-keys";

const off = () => localStorage.getItem(setting) === "off";

/** `j` and `k` go through the feed, `o` opens, `u` votes, `/` searches, `?` tells. */
export function listenForKeys(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-keys-switch]")) {
    box.checked = !off();
    box.disabled = false;
    box.addEventListener("change", () => localStorage.setItem(setting, box.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || off()) return;
    const at = event.target as HTMLElement;
    if (at.closest("input, textarea, select, [contenteditable]")) return;
    if (act(event.key)) event.preventDefault();
  });
}

function act(key: string): boolean {
  switch (key) {
    case "j":
      return step(1);
    case "k":
      return step(-1);
    case "o":
      return open();
    case "u": {
      const button = (here() ?? document).querySelector<HTMLElement>("form[data-vote] button");
      button?.click();
      return button !== null;
    }
    case "/": {
      const field = document.querySelector<HTMLElement>("input[type=search]");
      field?.focus();
      return field !== null;
    }
    case "?": {
      const dialog = document.querySelector<HTMLDialogElement>("dialog#keys");
      if (dialog && !dialog.open) dialog.showModal();
      return dialog !== null;
    }
    default:
      return false;
  }
}

const here = () => document.activeElement?.closest<HTMLElement>("article[aria-posinset]") ?? null;

function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("article[aria-posinset]")];
  const now = here();
  const at = now ? rows.indexOf(now) + by : by > 0 ? 0 : -1;
  rows[at]?.focus();
  return rows[at] !== undefined;
}

function open(): boolean {
  const href = here()?.dataset.href;
  if (href) location.assign(href);
  return href !== undefined;
}
