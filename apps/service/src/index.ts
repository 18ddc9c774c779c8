export { Catalogue } from "./catalogue/catalogue.ts";
export { type Config, ConfigError, readConfig } from "./config.ts";
export { type OpenOptions, openService, type Service } from "./service.ts";
