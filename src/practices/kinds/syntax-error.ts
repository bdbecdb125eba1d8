import { syntaxFaults } from "../../inference/index.ts";
import { definePractice } from "../practice.ts";

/** A script that no Python reads. */
export const syntaxError = definePractice({
  id: "syntax-error",
  title: "a file is no valid Python",
  find: syntaxFaults,
});
