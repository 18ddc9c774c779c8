/** Passkeys: `[data-passkey=login]` on the sign-in page, `[data-passkey=register]` on the account's. */
export function runPasskeys(): void {
  const box = document.querySelector<HTMLElement>("[data-passkey]");
  if (!box || !("PublicKeyCredential" in globalThis)) return;
  box.hidden = false;
  const button = box.querySelector("button");
  const alert = box.querySelector("[role=alert]");
  button?.addEventListener("click", async () => {
    if (alert) alert.textContent = "";
    button.disabled = true;
    try {
      if (box.dataset.passkey === "login") await login(box);
      else await register(box);
    } catch (error) {
      if (alert) alert.textContent = wordsFor(error as Error);
    } finally {
      button.disabled = false;
    }
  });
}

async function login({ dataset }: HTMLElement): Promise<void> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { token, next = "/" } = dataset;
  const optionsJSON = await post("/sign-in/passkey", { token });
  const response = await startAuthentication({ optionsJSON });
  await post("/sign-in/passkey", { token, response });
  location.assign(next);
}

async function register(box: HTMLElement): Promise<void> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { token } = box.dataset;
  const label = box.querySelector("input")?.value;
  const optionsJSON = await post("/account/passkeys", { token });
  const response = await startRegistration({ optionsJSON });
  await post("/account/passkeys", { token, response, label });
  location.assign("/account?did=passkey#passkeys");
}

async function post(place: string, body: object) {
  const reply = await fetch(place, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(answer.problem ?? answer.message ?? "That did not work.");
  return answer;
}

const wordsFor = ({ name, message }: Error) =>
  name === "NotAllowedError" ? "No passkey was used." : message;
