import { shellWords } from "./shell-words.ts";

/**
 * What a shell command is to us. "run": it computes something without a person; "install": it makes the environment;
 * "manual": it needs a person, serves forever, or holds a placeholder; "other": anything else.
 */
export type LineKind = "run" | "install" | "manual" | "other";

const python = /^(?:python|pypy)(?:\d+(?:\.\d+)*)?$|^py$/u;
const installers =
  /^(?:pip[\d.]*|pipx|conda|mamba|micromamba|uv|poetry|pipenv|pdm|hatch|pyenv|virtualenv|activate|deactivate|pip-sync|conda-lock|pixi|conda-env)$/u;
const servers =
  /^(?:streamlit|uvicorn|gunicorn|hypercorn|daphne|waitress-serve|voila|tensorboard|jupyter-(?:lab|notebook|server|hub)|jupyterhub|ipython[\d.]*|chainlit|gradio|celery)$/u;
const serverWords: ReadonlyMap<string, RegExp> = new Map([
  ["flask", /^/u],
  ["panel", /^serve$/u],
  ["bokeh", /^serve$/u],
  ["mlflow", /^(?:ui|server|models)$/u],
  ["airflow", /^/u],
  ["prefect", /^(?:server|agent|orion)$/u],
  ["dagster", /^dev$/u],
  ["jupyter", /^(?!nbconvert$|execute$|run$|book$)/u],
  ["quarto", /^preview$/u],
  ["kedro", /^viz$/u],
]);
const runners =
  /^(?:nbexec|papermill|runipy|jupyter-nbconvert|jupyter-execute|jupytext|snakemake|pytest|py\.test|torchrun|doit|just|luigi)$/u;
const runnerWords: ReadonlyMap<string, RegExp> = new Map([
  ["jupyter", /^(?:nbconvert|execute|run)$/u],
  ["dvc", /^repro$/u],
  ["mlflow", /^run$/u],
  ["kedro", /^run$/u],
  ["quarto", /^render$/u],
  ["coverage", /^run$/u],
  ["accelerate", /^launch$/u],
]);
const installModules =
  /^(?:pip|venv|virtualenv|ensurepip|ipykernel|build|twine|spacy|nltk\.downloader|conda|pipx|uv)$/u;
const serverModules =
  /^(?:http\.server|notebook|jupyterlab|jupyter|streamlit|flask|uvicorn|gunicorn|pdb|idlelib|voila|IPython|code)$/u;
const chores =
  /^(?:install|setup|configure|miniconda|anaconda|miniforge|mambaforge|bootstrap|clean|deploy|publish|upload|serve|server|start-?server|run-?server|docker|get-)/iu;

/** What a Makefile target or a script is not, going by its name: cleaning, installing, publishing, serving. */
export function isChore(name: string): boolean {
  return chores.test(name) || choreTargets.test(name);
}
const choreTargets =
  /^(?:clear|distclean|mrproper|purge|reset|lint|format|fmt|black|isort|ruff|flake8|mypy|typecheck|style|check-style|pre-commit|requirements|deps|dependencies|env|environment|venv|virtualenv|conda|create[-_]env\w*|help|docs?|html|notebooks?|lab|jupyter|watch|dev|release|dist|build|package|wheel|push|sync\w*|update|upgrade|lock|freeze|tag|version|bump\w*|dashboard|app|up|down|start|stop|shell|init|uninstall|tests?-watch)$/iu;

const placeholder =
  /<[A-Za-z][^<>|&]*>|\[[A-Za-z -][^\]]*\]|(?:^|\s)\.\.\.|…|\/path\/to|path_to_|\byour[-_ ]|\{[a-z_ ]+\}|\bXXX+\b/iu;

/** Whether a line stands for many: it names what the reader has to fill in. */
export function hasPlaceholder(text: string): boolean {
  return placeholder.test(
    text.replaceAll(/'[^']*'|"[^"]*"|\$\{[^}]*\}/gu, (quoted) =>
      /<|path\/to|your/u.test(quoted) ? quoted : "x",
    ),
  );
}

/** Longer lines are data or an attack, not something that a person runs. */
export const longestLine = 4000;

/** Judges one command (no `&&`), by its program and first words. */
export function classify(text: string): LineKind {
  if (text.length > longestLine) return "other";
  const words = shellWords(text).filter((word, index, all) => !isAssignment(word, all.slice(0, index)));
  const kind = kindOfWords(words);
  return kind === "run" && (hasPlaceholder(text) || /(?:^|[^&])&\s*$/u.test(text)) ? "manual" : kind;
}

const isAssignment = (word: string, before: readonly string[]): boolean =>
  /^[A-Za-z_]\w*=/u.test(word) && before.every((earlier) => /^[A-Za-z_]\w*=/u.test(earlier));

function kindOfWords(words: readonly string[]): LineKind {
  const [first = "", second = ""] = words;
  const program = first.replace(/^.*[/\\](?=[^/\\]+$)/u, "").replace(/\.exe$/u, "");
  const inner = unwrapWords(words);
  if (inner !== null) {
    const kind = kindOfWords(inner);
    return kind === "other" && /^[A-Za-z]/u.test(inner[0] ?? "") && !inner.includes("--help") ? "run" : kind;
  }
  if (words.some((word) => word === "--help" || word === "-h" || word === "--version")) return "other";
  if (/^(?:time|nohup|srun|mpirun|mpiexec|xvfb-run|nice)$/u.test(program)) {
    const start = words.findIndex((word, index) => index > 0 && kindOfWords([word, "x.py"]) === "run");
    return start === -1 ? "other" : kindOfWords(words.slice(start));
  }
  if (
    first === "source" ||
    (first === "." && second.endsWith("activate")) ||
    /activate(?:\.bat|\.ps1)?$/iu.test(first)
  )
    return "install";
  if (program === "anaconda-project" || program === "conda-project")
    return second === "run" ? "run" : "install";
  if (installers.test(program)) return "install";
  if (python.test(program)) return kindOfPython(words.slice(1));
  if (servers.test(program) || serverWords.get(program)?.test(second) === true) return "manual";
  if (program === "jupyter" && second === "nbconvert") return words.includes("--execute") ? "run" : "other";
  if (program === "jupyter-nbconvert" || program === "jupytext")
    return words.includes("--execute") ? "run" : "other";
  if (runners.test(program) || runnerWords.get(program)?.test(second) === true) return "run";
  if (program === "make") return kindOfMake(words.slice(1));
  if (/^(?:bash|sh|zsh)$/u.test(program)) return kindOfScript(second);
  return first.startsWith("./") ? kindOfScript(first) : "other";
}

function kindOfPython(args: readonly string[]): LineKind {
  const flags = args.findIndex((arg) => !/^-[BEIOPqRsSuxbd]+$|^-[WX]/u.test(arg));
  const [first = "", second = ""] = flags === -1 ? [] : args.slice(flags);
  if (first === "-m") {
    if (installModules.test(second)) return "install";
    return serverModules.test(second) || second === "" ? "manual" : "run";
  }
  if (first === "" || first === "-i") return "manual";
  if (/(?:^|\/)setup\.py$/u.test(first)) return "install";
  if (args.some((arg) => /^(?:runserver|shell|createsuperuser)$/u.test(arg))) return "manual";
  if (!/\.pyw?$/u.test(first)) return "other";
  return /^(?:run[-_]?)?serve(?:r)?\.py$/iu.test(first.replace(/^.*\//u, "")) ? "manual" : "run";
}

function kindOfMake(args: readonly string[]): LineKind {
  const targets = args.filter(
    (arg, index) => !arg.startsWith("-") && !arg.includes("=") && !/^-[CfIj]$/u.test(args[index - 1] ?? ""),
  );
  if (
    targets.some((target) =>
      /^(?:install|env|environment|venv|requirements|deps|setup|conda|create[-_]env\w*)$/iu.test(target),
    )
  )
    return "install";
  return targets.length > 0 && targets.every(isChore) ? "other" : "run";
}

function kindOfScript(script: string): LineKind {
  const name = script.replace(/^.*[/\\]/u, "");
  if (name === "" || name.startsWith("-") || isChore(name.replace(/\.\w+$/u, "")) || /activate/u.test(name))
    return "other";
  return /\.(?:sh|bash|py)$|^[\w-]+$/u.test(name) ? "run" : "other";
}

const wrapper =
  /^(?:uv run|poetry run|pipenv run|pdm run|hatch run|rye run|pixi run|conda run|mamba run|micromamba run)$/u;

/** The words behind `uv run` and its like; null where there is no such wrapper, or its options change what is run. */
function unwrapWords(words: readonly string[]): readonly string[] | null {
  if (!wrapper.test(words.slice(0, 2).join(" "))) return null;
  let position = 2;
  for (let word = words[position]; word !== undefined && word.startsWith("-"); word = words[position]) {
    position += /^(?:-n|-p|--name|--prefix|--python)$/u.test(word) ? 2 : 1;
  }
  const inner = words.slice(position);
  return (inner[0] ?? "").endsWith(".py") ? ["python", ...inner] : inner;
}

/** A run line freed of a wrapper such as `uv run` that only enters the environment; itself where there is none. */
export function withoutWrapper(text: string): string {
  const plain =
    /^(?:(?:uv|poetry|pipenv|pdm|rye) run(?: --(?:frozen|locked|no-sync|active))*|(?:conda|mamba|micromamba) run(?: (?:-n|-p|--name|--prefix) \S+| --no-capture-output| --live-stream)*)\s+(?=[^\s-])/u.exec(
      text,
    );
  if (plain === null) return text;
  const inner = text.slice(plain[0].length);
  return /^\S+\.py(?:\s|$)/u.test(inner) ? `python ${inner}` : inner;
}
