export { Catalogue } from "./catalogue/catalogue.ts";
export { type Config, ConfigError, readConfig } from "./config.ts";
export { drain } from "./server/drain.ts";
export type { Listener } from "./server/listener.ts";
export { addressHeader, createListener, hostHeader } from "./server/listener.ts";
export { type OpenOptions, openService, type Service } from "./service.ts";
