/** An option line of a requirements file. `ignored` options change where or how pip installs, not what is declared. */
export interface RequirementsOption {
  readonly kind: "editable" | "requirement" | "constraint" | "ignored" | "unknown";
  readonly value: string;
}

const ignored = new Set([
  "-i",
  "-f",
  "--index-url",
  "--pypi-url",
  "--extra-index-url",
  "--no-index",
  "--find-links",
  "--no-binary",
  "--only-binary",
  "--prefer-binary",
  "--require-hashes",
  "--pre",
  "--trusted-host",
  "--use-feature",
  "--use-pep517",
  "--no-use-pep517",
  "--no-build-isolation",
  "--config-settings",
  "--global-option",
  "--always-unzip",
  "-Z",
]);

const kinds: Readonly<Record<string, RequirementsOption["kind"]>> = {
  "-e": "editable",
  "--editable": "editable",
  "-r": "requirement",
  "--requirement": "requirement",
  "--requirements": "requirement",
  "-c": "constraint",
  "--constraint": "constraint",
  "--constraints": "constraint",
};

/** Reads `--name value`, `--name=value`, `-n value` and `-nvalue`. */
export function readOption(text: string): RequirementsOption {
  const long = /^(--[A-Za-z0-9-]+)(?:\s*=\s*|\s+|$)(.*)$/su.exec(text);
  const short = /^(-[A-Za-z])\s*(.*)$/su.exec(text);
  const [, name = text, value = ""] = long ?? short ?? [];
  const kind = kinds[name];
  if (kind !== undefined && value !== "")
    return { kind, value: value.trim().replace(/^(["'])(.*)\1$/su, "$2") };
  return { kind: ignored.has(name) ? "ignored" : "unknown", value: name };
}
