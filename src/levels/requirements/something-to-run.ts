import { makeFinding, type Finding } from "../../model/index.ts";

/** For a project in which no command, notebook or script was found. */
export function nothingToRun(): Finding {
  return makeFinding("no-commands", "error", "Nothing was found that could be run", {
    why: "A level is proved by running; there is nothing to run.",
    fix: "Name the project's commands in rung.toml (rung init writes one to fill in).",
  });
}
