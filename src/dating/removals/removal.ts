/** What an API's end looks like in an error, and the versions that still have it. */
export interface Removal {
  readonly seen:
    /** An attribute of a module or type, or a name imported from a module; types by their bare name. */
    | { readonly kind: "name"; readonly of: readonly string[]; readonly names: readonly string[] }
    /** A module that cannot be imported, or one within it. */
    | { readonly kind: "module"; readonly modules: readonly string[] }
    /** A keyword that a function no longer takes; any function where `functions` is empty. */
    | { readonly kind: "keyword"; readonly functions: readonly string[]; readonly names: readonly string[] }
    | { readonly kind: "text"; readonly pattern: RegExp };
  readonly distribution: string;
  /** PEP 440 */
  readonly specifier: string;
  readonly reason: string;
}

const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");

function removal(seen: Removal["seen"], bound: string, reason: string): Removal {
  const at = bound.search(/[<>=!~]/u);
  return { seen, distribution: bound.slice(0, at), specifier: bound.slice(at), reason };
}

/** Names that were in a module or type. Lists are separated by blanks; `bound` is "numpy<1.24". */
export const gone = (of: string, names: string, bound: string, reason: string): Removal =>
  removal({ kind: "name", of: words(of), names: words(names) }, bound, reason);

export const goneModules = (modules: string, bound: string, reason: string): Removal =>
  removal({ kind: "module", modules: words(modules) }, bound, reason);

export const goneKeywords = (functions: string, names: string, bound: string, reason: string): Removal =>
  removal({ kind: "keyword", functions: words(functions), names: words(names) }, bound, reason);

/** An error that says it in words of its own. The pattern must not backtrack without bound. */
export const said = (pattern: RegExp, bound: string, reason: string): Removal =>
  removal({ kind: "text", pattern }, bound, reason);
