import { causeAt, defineCause } from "../cause.ts";

/** It waits for what a person would type. */
export const needsInput = defineCause({
  id: "reads-standard-input",
  find(failed) {
    const { error } = failed;
    const isInput =
      error?.name === "StdinNotImplementedError" ||
      (error?.name === "EOFError" && (error.message === "" || /reading a line/u.test(error.message)));
    // Unpickling a truncated file ends with an EOFError of its own ("Ran out of input").
    if (!isInput) return null;
    return causeAt("reads-standard-input", failed, "it asks for input, and no one is there to answer", {
      why: "What a person types is part of the result and is recorded nowhere.",
      fix: "Take the value from the command line, a file or a declared variable.",
    });
  },
});
