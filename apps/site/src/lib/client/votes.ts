/** Votes without leaving the page. A failure falls back to the form as it is. */
export function voteInPlace(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!("vote" in form.dataset) || !button) return;
    event.preventDefault();
    void vote(form, button);
  });
}

async function vote(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const body = new URLSearchParams(new FormData(form, button) as unknown as URLSearchParams);
  const response = await fetch(form.action, {
    method: "POST",
    body,
    headers: { accept: "application/json" },
  }).catch(() => null);
  if (response?.status === 401) {
    const { signIn } = (await response.json()) as { signIn: string };
    location.assign(signIn);
    return;
  }
  if (!response?.ok) {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: button.name, value: button.value });
    form.append(hidden);
    form.submit();
    return;
  }
  const { votes, voted } = (await response.json()) as { votes: number; voted: boolean };
  button.value = voted ? "0" : "1";
  button.setAttribute("aria-pressed", String(voted));
  button.setAttribute(
    "aria-label",
    `Upvote ${button.dataset.title}, ${votes === 1 ? "1 vote" : `${votes} votes`}`,
  );
  const count = button.querySelector("[data-count]");
  if (count) count.textContent = String(votes);
}
