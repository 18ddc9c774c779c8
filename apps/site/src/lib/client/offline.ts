/** Keeps a copy of the feed, as a reader who is not signed in sees it, for times without network. */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    navigator.serviceWorker
      .register("/service-worker.js", { type: "module" })
      .then(() => navigator.serviceWorker.ready)
      .then(({ active }) => {
        if (document.querySelector("[role=feed]")) active?.postMessage({ keep: location.pathname });
      })
      // A browser that forbids storage reads online only.
      .catch(() => {});
  });
}
