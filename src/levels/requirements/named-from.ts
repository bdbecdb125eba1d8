import { pathFrom } from "../../inference/index.ts";
import type { Subject } from "../subject.ts";

/** A file as a line typed in `cwd` names it, relative to the root. A folder that is entered and is not there is the one
 *  into which the project was cloned. Null where it lies outside. */
export function namedFrom(subject: Pick<Subject, "tree">, cwd: string, name: string): string | null {
  const [first = "", ...rest] = cwd.split("/");
  const isThere = [...subject.tree.keys()].some((path) => path.startsWith(`${first}/`));
  return pathFrom(isThere || first === "" ? cwd : rest.join("/"), name);
}
