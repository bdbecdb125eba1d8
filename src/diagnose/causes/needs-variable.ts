import { makeFinding } from "../../model/index.ts";
import { codeOf } from "../../source/index.ts";
import { defineCause } from "../cause.ts";

/** It reads a variable of the process that nobody else has set: a secret, or a place on the machine. */
export const needsVariable = defineCause({
  id: "missing-variable",
  find(failed) {
    if (failed.error?.name !== "KeyError") return null;
    const name = /^['"]([A-Za-z]\w*)['"]$/u.exec(failed.error.message)?.[1];
    if (name === undefined) return null;
    for (const [file, facts] of failed.sources) {
      const read = codeOf(facts).environment.find((fact) => fact.variable === name && !fact.hasDefault);
      if (read === undefined) continue;
      const isSecret = /TOKEN|SECRET|PASSWORD|PASSWD|KEY|CREDENTIAL/iu.test(name);
      return makeFinding(
        "missing-variable",
        "error",
        `${failed.command.name}: it needs the ${isSecret ? "secret" : "variable"} ${name}`,
        {
          file,
          line: read.line,
          why: `It reads the environment variable ${name}, which is not set for anyone else.`,
          fix: isSecret
            ? `Declare [variables.${name}] with secret = true in rung.toml, and set it where you run it.`
            : `Declare [variables.${name}] in rung.toml with a default, or give the code a default.`,
        },
      );
    }
    return null;
  },
});
