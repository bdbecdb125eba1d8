import { withCommand } from "../attempt.ts";
import { defineMend } from "../mend.ts";

/** Text that is read or written in the encoding of the machine, where that is not UTF-8. */
export const textEncoding = defineMend({
  id: "text-encoding",
  apply({ attempt, failed }) {
    const { command } = failed;
    if (!/Unicode(?:De|En)codeError: '(?:ascii|charmap|latin-1|cp\d+|gbk)' codec/u.test(failed.text))
      return null;
    if (command.env["PYTHONUTF8"] !== undefined) return null;
    const env = { ...command.env, PYTHONUTF8: "1", PYTHONIOENCODING: "utf-8" };
    return {
      attempt: withCommand(attempt, command.name, { env }),
      action: `run ${command.name} with PYTHONUTF8=1`,
      reason: "it reads or writes text in the encoding of the machine, which is not UTF-8 everywhere",
      location: failed.place,
    };
  },
});
