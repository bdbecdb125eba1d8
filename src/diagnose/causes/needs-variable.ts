import { makeFinding, type Finding } from "../../model/index.ts";
import { codeOf } from "../../source/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";

const askedForKey =
  /\b(?:api|access|secret|auth(?:entication)?|app)[ _-]?(?:key|token)s? (?:is |are |was |were )?(?:required|missing|needed|not (?:set|provided|given|found)|must be (?:set|provided|given))|(?:no|missing|provide an?|requires? an?|without an?) (?:valid )?api[ _-]?key\b/iu;

/** A service asks for a key that the project, rightly, does not hold. */
function withoutKey(failed: FailedRun): Finding {
  return causeAt("missing-variable", failed, "it needs a key to a service, which nobody else has", {
    why: "Keys belong to people: the project cannot hand its own over.",
    fix: "Keep what the service answered in the project, or declare the key under [variables] with secret = true in rung.toml.",
  });
}

/** It reads a variable of the process that nobody else has set: a secret, or a place on the machine. */
export const needsVariable = defineCause({
  id: "missing-variable",
  find(failed) {
    if (askedForKey.test(failed.error?.message ?? failed.text)) return withoutKey(failed);
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
