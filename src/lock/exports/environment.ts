import { yamlText } from "../../manifests/index.ts";
import { defineExport, type Exported, type ExportSource } from "./export-format.ts";
import { lockedPackages, pinOf } from "./locked-packages.ts";

/**
 * environment.yml: the Python and the conda packages that the project declares by conda, and every locked package by its
 * version under pip. https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
 */
export const environment = defineExport({
  id: "environment",
  fileName: "environment.yml",
  wantsMetadata: false,
  write,
});

function write({ project, content, declared, channels, python, lockPath }: ExportSource): Exported {
  const conda = declared.filter(
    ({ ecosystem, name }) => ecosystem === "conda" && name !== "python" && name !== "pip",
  );
  const pins = lockedPackages(content).map(pinOf);
  const dependencies = [
    `python=${python}`,
    ...conda.map(({ raw }) => raw.trim()).sort(),
    ...(pins.length === 0 ? [] : ["pip", { pip: pins }]),
  ];
  const named = channels.length === 0 ? ["conda-forge"] : [...new Set(channels)];
  const text = yamlText({ name: project, channels: named, dependencies });
  return { text: `# From ${lockPath}: conda env create -f environment.yml\n${text}`, findings: [] };
}
