import { Command } from "commander";
import type { Context } from "../cli.ts";

export const dataCommand = ({ out }: Context) =>
  new Command("data")
    .description("the data sets: where they are and how to get them")
    .action(() => {
      out.write("");
    });
