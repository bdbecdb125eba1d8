/** Names at the top of many wheels that nobody imports from there: tests, documentation and the like. */
const beside =
  /^(?:tests?|testing|integration|docs?|documentation|examples?|samples|demos?|benchmarks?|scripts|bin|src|build|dist|tools|notebooks|tutorials?|setup|conftest|licen[cs]es?|share|etc|include|Scripts)$/u;

/**
 * The modules that a distribution brings, by the files that it installs (paths in site-packages, with "/"): top-level
 * modules and packages, and for namespace packages (folders without an __init__.py, PEP 420) the dotted names of the
 * packages in them. Sorted; what serves tests or documentation is left out where there is anything else.
 */
export function modulesOfFiles(files: Iterable<string>): readonly string[] {
  const python: string[][] = [];
  const packages = new Set<string>();
  for (const file of files) {
    if (!/\.(?:pyw?|so|pyd)$/u.test(file)) continue;
    const parts = file.split("/");
    const name = (parts.pop() ?? "").split(".", 1)[0] ?? "";
    if (parts.some((part) => !/^[A-Za-z_]\w*$/u.test(part)) || !/^[A-Za-z_]\w*$/u.test(name)) continue;
    if (name === "__init__") packages.add(parts.join("/"));
    python.push(name === "__init__" ? parts : [...parts, name]);
  }
  const modules = new Set<string>();
  for (const parts of python) {
    const depth = parts.findIndex((_, index) => packages.has(parts.slice(0, index + 1).join("/")));
    const own = depth === -1 ? parts : parts.slice(0, depth + 1);
    if (own.length > 0 && !/^__(?:editable|pycache|main)__/u.test(own[0] ?? "")) modules.add(own.join("."));
  }
  const used = [...modules].filter((module) => !beside.test(module.split(".")[0] ?? ""));
  return (used.length > 0 ? used : [...modules]).sort();
}
