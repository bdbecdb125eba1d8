import { definePerturbation, lookedAt, whereDeclared } from "./perturbation.ts";

export const tempFolder = definePerturbation({
  id: "temp-folder",
  kind: "temp-folder",
  title: "the temporary folder, and the names in it",
  varies: "each-run",
  fixed: "the temporary folder and its names fixed",
  freed: "another temporary folder, and other names in it",
  choices: 2,
  apply: (choice) => ({ temporaryFolder: choice, control: { temporaryNames: choice } }),
  notHere: whereDeclared("TMPDIR"),
  touched: (trace) =>
    lookedAt(trace, "TMPDIR", "TEMP", "TMP") || trace.files.some(({ area }) => area === "temporary")
      ? true
      : null,
});
