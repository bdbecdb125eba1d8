import type { Project } from "../model/index.ts";
import type { SourceFacts } from "../source/index.ts";

/** A project with the facts of its Python files and notebooks, by path. */
export interface CodeBase {
  readonly project: Project;
  readonly sources: ReadonlyMap<string, SourceFacts>;
}
