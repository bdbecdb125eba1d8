import { ToolError, type Isolation } from "../model/index.ts";
import type { RunRequest } from "./request.ts";

/** What a run under these conditions can claim, in words. Where nothing isolates, a room can be had by a run that is
 *  observed alone: its trace then says whether it stayed within. Throws ISOLATION_UNAVAILABLE for a room that cannot be
 *  had. */
export function describeIsolation(kind: Isolation["kind"], request: RunRequest): Isolation {
  const { scope } = request;
  if (scope === "copy") {
    const where =
      kind === "none"
        ? "a fresh copy at a path of its own (nothing here can bind it at the tree's own path)"
        : `a fresh copy bound at the tree's own path by ${kind}`;
    return { kind, scope, network: true, description: `${where}; all else is the owner's, as it is` };
  }
  if (kind === "none" && request.hook?.record === true) {
    const description =
      "nothing here isolates: a fresh copy with an empty home and a named set of variables, and what it reads is watched";
    return { kind, scope, network: true, description };
  }
  if (kind === "none") {
    throw new ToolError("ISOLATION_UNAVAILABLE", "A clean room needs bubblewrap or user namespaces", {
      hint: "Install bubblewrap (apt install bubblewrap), or allow user namespaces.",
    });
  }
  const network = request.network ? "the network as it is" : "no network";
  const description = `a clean room made by ${kind}: empty home, a named set of variables, the environment and the tree alone, ${network}`;
  return { kind, scope, network: request.network, description };
}
