import { makeFinding, type Finding } from "../model/index.ts";
import type { CodeBase } from "./code-base.ts";
import { folderOf, namesByFolder } from "./import-roots.ts";
import type { ThirdPartyImport } from "./third-party.ts";

/** Code of the project that an import of a third party may have meant. */
export interface NearMiss {
  readonly finding: Finding;
  /** True where what is asked of the module lies there too: then it is taken for no third party. */
  readonly isCertain: boolean;
}

/**
 * Whether an import that finds nothing of the project is near to something of it: a folder or module of almost the same
 * name ("datasets.loader" beside dataset/loader.py), or one of that name where Python does not look for it.
 */
export function nearMiss(code: CodeBase, item: ThirdPartyImport): NearMiss | null {
  const { fact, top, file } = item;
  let best: { readonly path: string; readonly isCertain: boolean; readonly isSame: boolean } | null = null;
  for (const [folder, names] of namesByFolder(code.project)) {
    for (const name of names) {
      const isSame = name === top;
      if (!isSame && !areNear(name, top)) continue;
      const path = folder === "" ? name : `${folder}/${name}`;
      const isCertain = holds(code, path, item);
      if (isSame && !isCertain && !code.sources.has(`${path}.py`) && !code.sources.has(`${path}/__init__.py`))
        continue;
      if (best === null || (isCertain && !best.isCertain)) best = { path, isCertain, isSame };
    }
  }
  if (best === null) return null;
  const where = code.sources.has(`${best.path}.py`) ? `${best.path}.py` : `${best.path}/`;
  const written = fact.names.length > 0 ? `from ${fact.module} import …` : `import ${fact.module}`;
  const message = best.isSame
    ? `${top} is no module that Python finds from ${folderOf(file) || "the project's folder"}; the project has ${where}`
    : `${top} is no module of the project; did you mean ${where}?`;
  return {
    isCertain: best.isCertain,
    finding: makeFinding("near-miss-module", best.isCertain ? "error" : "warning", message, {
      file,
      line: fact.line,
      why: `\`${written}\` takes whatever distribution has that name on the index, if there is one, and not the project's own code.`,
      fix: best.isSame
        ? `Run it from ${folderOf(best.path) || "the project's folder"}, or put that folder on PYTHONPATH.`
        : `Import ${best.path.replaceAll("/", ".")}, or rename the folder; if the distribution is meant, declare it.`,
    }),
  };
}

/** Whether what an import asks of its module lies in a folder of the project. */
function holds({ sources }: CodeBase, path: string, { fact }: ThirdPartyImport): boolean {
  const rest = fact.module.split(".").slice(1);
  if (rest.length > 0) {
    const inside = `${path}/${rest.join("/")}`;
    return sources.has(`${inside}.py`) || sources.has(`${inside}/__init__.py`);
  }
  return fact.names.some(
    (name) => sources.has(`${path}/${name}.py`) || sources.has(`${path}/${name}/__init__.py`),
  );
}

/** Names that differ by case, underscores, a plural's s, or, where they are long, by one letter. */
function areNear(a: string, b: string): boolean {
  const [one, two] = [a, b].map((name) => name.replaceAll("_", "").toLowerCase());
  if (one === undefined || two === undefined || one.length < 3 || two.length < 3) return false;
  if (one === two || `${one}s` === two || one === `${two}s`) return true;
  return one.length > 5 && two.length > 5 && isOneEdit(one, two);
}

function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short.charAt(at) === long.charAt(at)) at += 1;
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1);
}
