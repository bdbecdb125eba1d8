import { shellQuote } from "../../system/index.ts";
import { isPublic } from "../served-file.ts";
import { defineExport, type Exported, type ExportSource } from "./export-format.ts";
import { lockedPackages, pinOf, withoutHash } from "./locked-packages.ts";

/** A requirements file with hashes, as pip reads it: https://pip.pypa.io/en/stable/topics/secure-installs/ */
export const requirements = defineExport({
  id: "requirements",
  fileName: "requirements.txt",
  wantsMetadata: false,
  write,
});

function write({ content, lockPath, python, fileName }: ExportSource): Exported {
  const packages = lockedPackages(content);
  const indexes = new Set(
    packages.flatMap(({ files }) =>
      files.flatMap(({ index }) => (index === undefined || isPublic(index) ? [] : index)),
    ),
  );
  const lines = packages.map((one) => {
    const hashes = new Set(
      one.files.flatMap(({ sha256 }) => (sha256 === "" ? [] : `--hash=sha256:${sha256}`)),
    );
    return [pinOf(one), ...[...hashes].sort()].join(" \\\n    ");
  });
  const head = [
    `# From ${lockPath}, for Python ${python}. Install it with`,
    `#   pip install --require-hashes -r ${shellQuote(fileName ?? requirements.fileName)}`,
    ...[...indexes].sort().map((index) => `--extra-index-url ${index}`),
  ];
  return { text: `${[...head, ...lines].join("\n")}\n`, findings: withoutHash(packages, lockPath) };
}
