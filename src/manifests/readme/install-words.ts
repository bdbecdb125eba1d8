import { shellWords } from "../shell/shell-words.ts";

/** What one line that makes an environment names. */
export interface InstallNames {
  /** Files that must be there for it to work, as written. */
  readonly files: readonly string[];
  /** Distributions that it installs by name. */
  readonly packages: readonly string[];
  /** True where it installs what the project declares as a whole: `pip install .`, `poetry install`, `uv sync`. */
  readonly project: boolean;
}

const fileOptions = /^(?:-r|--requirements?|-c|--constraint|-f|--file|--find-links|-e|--editable)$/u;
const valueOptions =
  /^(?:-i|--index-url|--extra-index-url|-t|--target|-p|--python|-n|--name|--prefix|-c|--channel|--root|--platform)$/u;
const wholeProject =
  /^(?:(?:poetry|pdm|pipenv|hatch|pixi)\s+(?:install|sync|env\s+create)|uv\s+sync|pixi\s+install|anaconda-project\s+prepare|conda[- ]project\s+(?:install|prepare|create)|python[\d.]*\s+setup\.py\s+(?:install|develop))(?:\s|$)/u;
const isFile = /\.(?:txt|in|toml|ya?ml|lock|whl|cfg)$/iu;

/** Reads a line such as `pip install -r requirements.txt`; a line that only makes or enters an environment names nothing. */
export function readInstallLine(text: string): InstallNames {
  const line = text
    .replace(/^(?:\S+\/)?(?:python|py)[\d.]*\s+-m\s+/u, "")
    .replace(/\s+(?:\d?>{1,2}|\|)\s*.*$/u, "");
  if (wholeProject.test(line)) return { files: [], packages: [], project: true };
  if (
    /^(?:\S*\/)?conda(?:-env)?\s+env\s+(?:create|update)|^(?:mamba|micromamba)\s+env\s+create/u.test(line)
  ) {
    const { files } = namesIn(shellWords(line));
    return { files: files.length > 0 ? files : ["environment.yml"], packages: [], project: false };
  }
  const installs =
    /^(?:\S*\/)?(?:pip[\d.]*|uv\s+pip|conda|mamba|micromamba)\s+(?:install|sync)\s+(.*)$/su.exec(line)?.[1];
  const condaLock = /^conda-lock\s+install\s*(.*)$/su.exec(line);
  const sync = /^pip-sync(?:\s+(.*))?$/su.exec(line);
  const fromFile = /^(?:conda|mamba|micromamba)\s+create\s.*--file\s/su.test(line) ? line : undefined;
  if (condaLock !== null) {
    const { files } = namesIn(shellWords(condaLock[1] ?? ""));
    return { files: files.length > 0 ? files : ["conda-lock.yml"], packages: [], project: false };
  }
  if (sync !== null) return namesIn(shellWords(sync[1] ?? "requirements.txt"));
  if (fromFile !== undefined) return { ...namesIn(shellWords(fromFile)), packages: [] };
  return installs === undefined ? { files: [], packages: [], project: false } : namesIn(shellWords(installs));
}

function namesIn(words: readonly string[]): InstallNames {
  const files: string[] = [];
  const packages: string[] = [];
  let project = false;
  const isUrl = (word: string): boolean => /^[a-z+]+:\/\//iu.test(word);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const joined =
      /^(?:--requirements?|--constraint|--file|--editable)=(.+)$/u.exec(word)?.[1] ??
      /^-[rc](\S+)$/u.exec(word)?.[1];
    const named = joined ?? (fileOptions.test(word) ? words[(index += 1)] : undefined);
    if (named !== undefined) {
      if (isOwnTree(named)) project = true;
      else if (!isUrl(named) && (isFile.test(named) || /^(?:-r|-f)/u.test(word))) files.push(named);
    } else if (valueOptions.test(word)) index += 1;
    else if (word.startsWith("-") || isUrl(word)) continue;
    else if (isOwnTree(word)) project = true;
    else if (isFile.test(word)) files.push(word);
    else if (/^[A-Za-z0-9][\w.-]*(?:\[[\w,.-]*\])?(?:[=<>~!;].*)?$/u.test(word)) packages.push(word);
  }
  return { files, packages, project };
}

/** `.` and `.[extra]`: the project's own folder. */
const isOwnTree = (word: string): boolean => /^\.\/?(?:\[[\w,.-]*\])?$/u.test(word);
