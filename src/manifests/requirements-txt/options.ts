import { shellWords } from "../shell/shell-words.ts";

/** What an option of a requirements file changes: what is declared, where packages come from, or only how pip installs. */
export type OptionKind =
  | "editable"
  | "requirement"
  | "constraint"
  | "index"
  | "extra-index"
  | "find-links"
  | "hash"
  | "no-index"
  | "other"
  | "unknown";

export interface RequirementsOption {
  readonly kind: OptionKind;
  /** As pip spells it in full; what was written where pip knows no such option. */
  readonly name: string;
  readonly value: string;
}

interface KnownOption {
  readonly kind: OptionKind;
  readonly hasValue: boolean;
}

const valued = (kind: OptionKind): KnownOption => ({ kind, hasValue: true });
const flag = (kind: OptionKind = "other"): KnownOption => ({ kind, hasValue: false });

/** Those of pip's options that may stand in a requirements file. */
const known: ReadonlyMap<string, KnownOption> = new Map([
  ["--editable", valued("editable")],
  ["--requirement", valued("requirement")],
  ["--requirements", valued("requirement")],
  ["--constraint", valued("constraint")],
  ["--constraints", valued("constraint")],
  ["--index-url", valued("index")],
  ["--pypi-url", valued("index")],
  ["--extra-index-url", valued("extra-index")],
  ["--find-links", valued("find-links")],
  ["--hash", valued("hash")],
  ["--no-index", flag("no-index")],
  ["--no-binary", valued("other")],
  ["--only-binary", valued("other")],
  ["--all-releases", valued("other")],
  ["--only-final", valued("other")],
  ["--trusted-host", valued("other")],
  ["--use-feature", valued("other")],
  ["--config-settings", valued("other")],
  ["--config-setting", valued("other")],
  ["--prefer-binary", flag()],
  ["--require-hashes", flag()],
  ["--no-require-hashes", flag()],
  ["--pre", flag()],
]);

const shortNames: Readonly<Record<string, string>> = {
  "-e": "--editable",
  "-r": "--requirement",
  "-c": "--constraint",
  "-i": "--index-url",
  "-f": "--find-links",
  "-C": "--config-settings",
};

/** The requirement of a line, and the options behind it: these begin at the first word that starts with a dash. */
export function splitOptions(line: string): { readonly said: string; readonly options: string } {
  const at = line.search(/(?:^| )-/u);
  if (at === -1) return { said: line, options: "" };
  return { said: line.slice(0, at).trim(), options: line.slice(at).trim() };
}

/** Reads options as pip does: `--name value`, `--name=value`, `-n value`, `-nvalue`, and names cut short where clear. */
export function readOptions(text: string): readonly RequirementsOption[] {
  const words = [...shellWords(text)];
  const options: RequirementsOption[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    // What stands alone behind an option's value says nothing to pip.
    if (!word.startsWith("-") || word === "-" || word === "--") continue;
    const isLong = word.startsWith("--");
    const equals = isLong ? word.indexOf("=") : -1;
    const written = isLong ? (equals === -1 ? word : word.slice(0, equals)) : word.slice(0, 2);
    const name = isLong ? fullName(written) : shortNames[written];
    const option = name === undefined ? undefined : known.get(name);
    if (name === undefined || option === undefined) {
      options.push({ kind: "unknown", name: written, value: "" });
      continue;
    }
    const attached = isLong ? (equals === -1 ? null : word.slice(equals + 1)) : word.slice(2) || null;
    const value = option.hasValue ? (attached ?? words.shift()) : "";
    const isWrong = option.kind === "hash" && !/^(?:sha256|sha384|sha512):./u.test(value ?? "");
    if (value === undefined || isWrong || (!option.hasValue && attached !== null)) {
      options.push({ kind: "unknown", name: written, value: "" });
    } else options.push({ kind: option.kind, name, value });
  }
  return options;
}

function fullName(written: string): string | undefined {
  if (known.has(written)) return written;
  const meant = [...known.keys()].filter((name) => name.startsWith(written));
  return new Set(meant.map((name) => known.get(name)?.kind)).size === 1 ? meant[0] : undefined;
}
