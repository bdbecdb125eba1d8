import { runFolders, type Binary, type LibrarySearch } from "./library-search.ts";

/** Everything that a program or a library needs to be loaded, by the names under which a loader looks for it. */
export interface Closure {
  readonly libraries: ReadonlyMap<string, Binary>;
  /** What is needed and not here, with the file that needs it. */
  readonly missing: readonly { readonly name: string; readonly asker: string }[];
}

/** Follows DT_NEEDED. `provided` are names that come from elsewhere, such as those that a wheel brings along itself. */
export function closureOf(
  root: Binary,
  search: LibrarySearch,
  inherited: readonly string[] = [],
  provided: (name: string) => boolean = () => false,
): Closure {
  const libraries = new Map<string, Binary>();
  const missing: { name: string; asker: string }[] = [];
  const visit = (asker: Binary, loaders: readonly string[]): void => {
    const passedOn = [...runFolders(asker), ...loaders];
    for (const name of asker.elf.needed) {
      if (libraries.has(name) || provided(name) || missing.some((one) => one.name === name)) continue;
      const found = search(name, asker, loaders);
      if (found === null) missing.push({ name, asker: asker.path });
      else {
        libraries.set(name, found);
        visit(found, passedOn);
      }
    }
  };
  visit(root, inherited);
  return { libraries, missing };
}
