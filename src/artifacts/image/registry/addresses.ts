import { ToolError } from "../../../model/index.ts";
import type { Reference } from "./reference.ts";

/** Where a registry is asked, and which addresses may follow from its answers. */
export interface Addresses {
  /** "https://registry-1.docker.io". */
  readonly origin: string;
  /** A place below the repository: "blobs/uploads/". */
  of(place: string): string;
  /**
   * Where an answer sends us, relative to where it came from. Throws ToolError REGISTRY_FAILED where that is no web address,
   * or leaves encryption.
   */
  follow(from: string, location: string): string;
}

/** Docker's own registry is asked at another name than it goes by. */
const otherHosts = new Map([["docker.io", "registry-1.docker.io"]]);

/** Addresses of a repository: https, but http on this machine itself, and elsewhere where `plainHttp` says so. */
export function addressesOf(
  { host, repository }: Pick<Reference, "host" | "repository">,
  plainHttp: boolean,
): Addresses {
  const scheme = plainHttp || isLoopback(host) ? "http" : "https";
  const origin = `${scheme}://${otherHosts.get(host) ?? host}`;
  return {
    origin,
    of: (place) => `${origin}/v2/${repository}/${place}`,
    follow(from, location) {
      const target = URL.parse(location, from);
      const refuse = (why: string): ToolError =>
        new ToolError("REGISTRY_FAILED", `${host} sends us on to ${why}`, {
          hint: "Nothing was sent there. Ask whoever keeps the registry.",
        });
      if (target === null || !/^https?:$/u.test(target.protocol)) throw refuse("what is no web address");
      if (
        target.protocol === "http:" &&
        (from.startsWith("https:") || (!plainHttp && !isLoopback(target.host)))
      )
        throw refuse(`${target.host} without encryption`);
      target.username = "";
      target.password = "";
      return target.href;
    },
  };
}

/** This machine itself, with a port or without. */
function isLoopback(host: string): boolean {
  const name = host.replace(/:\d{1,5}$/u, "");
  return name === "localhost" || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/u.test(name);
}
