/** Where a name is looked up: the module itself, a function, a class body or a comprehension. */
export interface Scope {
  readonly kind: "module" | "function" | "class" | "comprehension";
  readonly outer: Scope | null;
  readonly bound: Set<string>;
  readonly free: Map<string, number>;
  /** Names declared global. */
  readonly global: Set<string>;
  /** The module-level function or class that it is a part of. */
  readonly owner: string;
  /** For scopes that run at once (class bodies, comprehensions) at module level. */
  readonly immediate: boolean;
}

/** The nearest scope outwards that is not of the kind given. */
export function skip(scope: Scope, kind: Scope["kind"]): Scope {
  return scope.kind === kind && scope.outer !== null ? skip(scope.outer, kind) : scope;
}

/** A scope with nothing in it. */
export function makeScope(
  kind: Scope["kind"],
  outer: Scope | null,
  owner: string,
  immediate: boolean,
): Scope {
  return { kind, outer, bound: new Set(), free: new Map(), global: new Set(), owner, immediate };
}
