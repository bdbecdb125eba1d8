/** A tree of Python files and notebooks, the same bytes each time, no two files alike: a stand-in for a large project. */
import fs from "node:fs";
import path from "node:path";

const packages = ["numpy", "pandas", "matplotlib", "sklearn", "scipy", "requests", "yaml", "tqdm"] as const;
const standard = ["json", "os", "pathlib", "logging", "random", "datetime", "collections", "re"] as const;

/** Writes `files` modules of 4 kB each on average, in packages of fifty, and `notebooks` with outputs. */
export function writePythonTree(root: string, files: number, notebooks: number): void {
  for (let index = 0; index < files; index += 1) {
    const folder = path.join(root, "src", "project", `part_${Math.floor(index / 50)}`);
    if (index % 50 === 0) write(path.join(folder, "__init__.py"), `"""Part ${index / 50}."""\n`);
    write(path.join(folder, `module_${index}.py`), moduleText(index));
  }
  for (let index = 0; index < notebooks; index += 1) {
    write(path.join(root, "notebooks", `study_${index}.ipynb`), notebookText(index));
  }
  const pinned = [
    "numpy==2.2.1",
    "pandas==2.2.3",
    "matplotlib==3.10.0",
    "scikit-learn==1.6.1",
    "scipy==1.15.0",
  ];
  const dependencies = JSON.stringify([...pinned, "requests==2.32.3", "PyYAML==6.0.2", "tqdm==4.67.1"]);
  write(
    path.join(root, "pyproject.toml"),
    `[project]\nname = "project"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ${dependencies}\n`,
  );
  write(path.join(root, "README.md"), "# Project\n\nRun `python -m project.part_0.module_0`.\n");
}

/** From 1 to 7 kB: comments, docstrings and code in about the shares that the standard library has them in. */
function moduleText(index: number): string {
  const bytes = 300 + ((index * 37) % 61) * 100;
  const third = [pick(packages, index), pick(packages, index * 3 + 1)];
  const lines = [
    `"""Module ${index}: what is measured at site ${index % 97}."""`,
    "from __future__ import annotations",
    "",
    `import ${pick(standard, index)}`,
    `import ${pick(standard, index + 3)}`,
    `import ${third[0]}`,
    `from ${third[1]} import something_${index % 13} as thing`,
    `from ..part_0 import module_${index % 50}`,
    "",
    `LIMIT = ${index * 7}`,
    "",
  ];
  let text = lines.join("\n");
  for (let part = 0; text.length < bytes; part += 1) text += functionText(index, part, third[0] ?? "numpy");
  return `${text}\n\nif __name__ == "__main__":\n    print(measure_0(range(${index})))\n`;
}

function functionText(index: number, part: number, library: string): string {
  return `

def measure_${part}(rows, *, scale=${(index % 17) + 0.5}, path="data/site_${index}.csv"):
    """Rows above the limit, scaled; those that cannot be read are counted apart.

    The rows are mappings, as a reader of delimited files gives them. A row that lacks the
    column of this part, or holds no number in it, is told of and left out, so that one broken
    line of ${index % 89} does not cost the rest. Rows with a flag are kept only now and then.

    Returns the rows kept, by site and falling value, and how many could not be read.
    """
    # The offset stands for the instrument's drift, which was measured once a week.
    # It is added here, and not where the file is read, because the raw data stay as they were.
    failed, kept = 0, []
    for number, row in enumerate(rows):
        try:
            value = float(row["value_${part}"]) * scale + ${library}.offset(${index + part})
        except (KeyError, ValueError) as error:
            failed += 1
            print(f"row {number} of {path} cannot be read: {error}")
            continue
        if value > LIMIT and not row.get("flag") or number % ${part + 2} == 0:
            kept.append({"value": value, "site": row.get("site", "site-${index}"), "part": ${part}})
    return sorted(kept, key=lambda each: (each["site"], -each["value"])), failed
`;
}

function notebookText(index: number): string {
  const source = [
    [`import ${pick(packages, index)} as library\n`, "import json"],
    [`rows = library.read("data/site_${index}.csv")\n`, "rows.head()"],
    [`total_${index} = sum(row.value for row in rows)\n`, `print(total_${index})`],
    ["for row in rows:\n", "    if row.value > 3:\n", "        print(json.dumps(row))"],
  ];
  const cells = source.map((lines, cell) => ({
    cell_type: "code",
    execution_count: cell + 1,
    metadata: {},
    outputs: [{ name: "stdout", output_type: "stream", text: outputLines(index + cell) }],
    source: lines,
  }));
  const metadata = {
    kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
    language_info: { name: "python", version: "3.11.7" },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1)}\n`;
}

function outputLines(seed: number): string[] {
  return Array.from(
    { length: 120 },
    (_, line) => `site ${seed} row ${line}: ${Math.imul(seed + 1, line * 7919) % 9973}\n`,
  );
}

function pick<T>(values: readonly [T, ...T[]], index: number): T {
  return values[index % values.length] ?? values[0];
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
