import { userInfo } from "node:os";
import { exists, joinPath, makeDirectory, readText, writeScratch } from "../../system/index.ts";
import type { Mount } from "../plan.ts";
import type { Variables } from "../variables.ts";
import type { Conditions } from "./conditions.ts";

export interface Identity {
  readonly hostname: string | null;
  readonly user: number | null;
  readonly mounts: readonly Mount[];
  readonly variables: Variables;
}

/**
 * Who runs it, and on which machine: the name and the number, and the files of /etc in which others look them up.
 * `etc` gives a file of /etc as the command would see it; `folder` takes the ones made here.
 */
export function planIdentity(
  { hostname, otherUser }: Conditions,
  inherited: Variables,
  etc: (name: string) => string,
  folder: string,
): Identity {
  const files: Record<string, string> = {};
  const variables: Variables = {};
  const user = otherUser === undefined || otherUser === 0 ? null : 4710 + 1111 * otherUser;
  if (user !== null) {
    const name = `another${otherUser}`;
    const home = inherited["HOME"] ?? "/";
    files["passwd"] = `${name}:x:${user}:${user}::${home}:/bin/sh\n${etc("passwd")}`;
    files["group"] = `${name}:x:${user}:\n${etc("group")}`;
    Object.assign(variables, { USER: name, LOGNAME: name });
  }
  if (otherUser === 0) {
    const name = inherited["USER"] ?? inherited["LOGNAME"] ?? userInfo().username;
    Object.assign(variables, { USER: name, LOGNAME: inherited["LOGNAME"] ?? name });
  }
  if (hostname !== undefined) {
    files["hosts"] = `127.0.1.1 ${hostname}\n${etc("hosts")}`;
    files["hostname"] = `${hostname}\n`;
    if (inherited["HOSTNAME"] !== undefined) variables["HOSTNAME"] = hostname;
  }
  makeDirectory(folder);
  const mounts = Object.entries(files).map(([name, content]): Mount => {
    writeScratch(joinPath(folder, name), content);
    return { kind: "bind", from: joinPath(folder, name), to: joinPath("/etc", name), writable: false };
  });
  return { hostname: hostname ?? null, user, mounts, variables };
}

/** A file of the machine's /etc; "" where there is none. */
export function machineFile(name: string): string {
  const path = joinPath("/etc", name);
  return exists(path) ? readText(path) : "";
}
