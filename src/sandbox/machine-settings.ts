import {
  decodeName,
  entryKind,
  exists,
  joinPath,
  listNames,
  makeDirectory,
  readLink,
  writeScratch,
} from "../system/index.ts";
import type { Mount } from "./plan.ts";

/** What programs and libraries of the system read of /etc to work at all. All else there tells of this machine. */
const shown = [
  /^ld\.so\./u,
  /^(?:ssl|ca-certificates|ca-certificates\.conf|pki|crypto-policies)$/u,
  /^(?:nsswitch|gai|host)\.conf$/u,
  /^(?:protocols|services|mime\.types|magic|magic\.mime|locale\.alias|os-release)$/u,
  /^(?:alternatives|fonts|texmf|glvnd|OpenCL|vulkan|R|ImageMagick-\d|java-.+)$/u,
];

/** The name of the machine, and of the user, in a room. */
export const roomName = "room";

const keys = "/etc/ssl/private";

/**
 * A room's /etc: settings of system programs, and files of our own where the machine's would name it and its users.
 * `folder` takes the latter. No time zone is set, which means UTC.
 */
export function settingsMounts(folder: string): Mount[] {
  const system = listNames("/etc").filter((name) => shown.some((pattern) => pattern.test(name)));
  const kept = system.map((name): Mount => {
    const path = joinPath("/etc", name);
    const isLink = entryKind(path) === "symlink";
    if (isLink) return { kind: "link", to: path, target: decodeName(readLink(path)) };
    return { kind: "bind", from: path, to: path, writable: false };
  });
  makeDirectory(folder);
  const own = Object.entries(ownFiles()).map(([name, content]): Mount => {
    writeScratch(joinPath(folder, name), content);
    return { kind: "bind", from: joinPath(folder, name), to: joinPath("/etc", name), writable: false };
  });
  const closed: Mount[] = exists(keys) ? [{ kind: "empty", to: keys }] : [];
  return [...kept, ...own, ...closed];
}

/** The first line counts for a number, and any for a name: so nobody's name is the machine's, and root can be found. */
function ownFiles(): Record<string, string> {
  const user = process.getuid?.() ?? 0;
  const group = process.getgid?.() ?? 0;
  return {
    passwd: `${roomName}:x:${user}:${group}::/home/rung:/bin/sh\nroot:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n`,
    group: `${roomName}:x:${group}:\nroot:x:0:\nnogroup:x:65534:\n`,
    hosts: `127.0.0.1 localhost ${roomName}\n::1 localhost ip6-localhost\n`,
    hostname: `${roomName}\n`,
  };
}
