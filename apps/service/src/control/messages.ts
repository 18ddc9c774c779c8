/** One line of the control channel's reply. The last one is a result or an error. */
export type ControlMessage =
  | { readonly type: "progress"; readonly doing: string; readonly fraction?: number }
  | { readonly type: "data"; readonly text: string }
  | { readonly type: "result"; readonly value: unknown }
  | { readonly type: "error"; readonly message: string; readonly code: string | null };

/** How to reach the process that has the data directory: `server.json` there. */
export interface ServerFile {
  readonly pid: number;
  /** Of the control channel, on the loopback address. */
  readonly url: string;
  readonly token: string;
  /** Where readers find it. */
  readonly site: string;
  readonly startedAt: string;
}
