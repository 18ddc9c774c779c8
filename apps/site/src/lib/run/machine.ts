import type { RunRecord } from "@daily-kernel/reproduction";

/** The browser by name and version, `Firefox 148`. */
function browser(agent: string): string {
  for (const [name, pattern] of [
    ["Edge", /Edg\/(\d+)/],
    ["Firefox", /Firefox\/(\d+)/],
    ["Chromium", /Chrome\/(\d+)/],
    ["Safari", /Version\/(\d+).*Safari/],
  ] as const) {
    const version = pattern.exec(agent)?.[1];
    if (version) return `${name} ${version}`;
  }
  return "browser";
}

/** This machine as far as a browser tells; it hides the CPU's name. */
export function thisMachine(gpu: string | null): RunRecord["machine"] {
  return {
    platform: /\(([^;)]+)/.exec(navigator.userAgent)?.[1] ?? "unknown",
    cpu: "CPU not disclosed by the browser",
    cores: navigator.hardwareConcurrency,
    runtime: browser(navigator.userAgent),
    gpu,
  };
}
