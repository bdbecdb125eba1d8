import { defineMend } from "../mend.ts";

/** Programs that Python distributions bring, where the names differ or where the plain name is worth knowing. */
const distributions: ReadonlyMap<string, string> = new Map([
  ["jupyter", "nbconvert"],
  ["jupyter-nbconvert", "nbconvert"],
  ["jupyter-execute", "nbclient"],
  ["papermill", "papermill"],
  ["nbexec", "nbexec"],
  ["pytest", "pytest"],
  ["py.test", "pytest"],
  ["snakemake", "snakemake"],
  ["mlflow", "mlflow"],
  ["dvc", "dvc"],
  ["invoke", "invoke"],
  ["doit", "doit"],
  ["ipython", "ipython"],
  ["jupytext", "jupytext"],
  ["kedro", "kedro"],
  ["streamlit", "streamlit"],
  ["torchrun", "torch"],
  ["accelerate", "accelerate"],
  ["kaggle", "kaggle"],
  ["scrapy", "scrapy"],
  ["luigi", "luigi"],
  ["nosetests", "nose"],
  ["coverage", "coverage"],
]);
const notFound =
  /(?:^|\n)(?:\/bin\/)?(?:ba|da)?sh: (?:line )?[\d: ]*([\w.+-]+): (?:command )?not found|(?:^|\n)make(?:\[\d+\])?: ([\w.+-]+): No such file or directory/u;

/** A program of a Python package that the command calls and that is not installed. */
export const missingProgram = defineMend({
  id: "missing-program",
  apply({ attempt, failed, prepared }) {
    const match = notFound.exec(failed.text);
    const program = match?.[1] ?? match?.[2];
    const name = distributions.get(program ?? "");
    if (program === undefined || name === undefined) return null;
    const asked = name === "nbconvert" ? ["nbconvert", "ipykernel"] : [name];
    const fresh = asked.filter(
      (one) => !prepared.pins.has(one) && !attempt.asked.some((other) => other.name === one),
    );
    if (fresh.length === 0) return null;
    const location = failed.command.location ?? { file: failed.command.run, line: null };
    const added = fresh.map((one) => ({ name: one, text: one, location, origin: "failed run" as const }));
    return {
      attempt: { ...attempt, asked: [...attempt.asked, ...added] },
      action: `install ${fresh.join(" and ")}`,
      reason: `the command calls ${program}, which ${name} brings`,
      location: failed.command.location,
    };
  },
});
