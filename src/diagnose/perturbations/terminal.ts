import { definePerturbation, lookedAt, whereDeclared } from "./perturbation.ts";

/** What a terminal says of itself; libraries wrap tables and messages by it. */
export const terminal = definePerturbation({
  id: "terminal",
  kind: "environment",
  title: "the width and the name of the terminal",
  varies: "elsewhere",
  fixed: "the terminal as it is",
  freed: "a terminal of another width",
  choices: 2,
  apply(choice, { inherited }) {
    const { COLUMNS = "80", LINES = "24", TERM = "dumb" } = inherited;
    if (choice === 0) return { variables: { COLUMNS, LINES, TERM } };
    return { variables: { COLUMNS: choice === 1 ? "53" : "211", LINES: "37", TERM: "xterm-256color" } };
  },
  notHere: whereDeclared("COLUMNS"),
  touched: (trace) => (lookedAt(trace, "COLUMNS", "LINES", "TERM") ? true : null),
});
