import { toNative } from "../../system/index.ts";

/** A text in which paths below the project's root are relative, and the owner's home is "~". Both are absolute paths. */
export function hidePaths(text: string, root: string, home: string): string {
  const inRoot = replacePath(text, root, (slash) => (slash === "" ? "." : ""));
  return replacePath(inRoot, home, (slash) => `~${slash}`);
}

/** Replaces a path and the slash after it, where both ends are a path's: not in /other/home, not in /home/me2. */
function replacePath(text: string, path: string, by: (slash: string) => string): string {
  if (!/^\/./u.test(path)) return text;
  const whole = new RegExp(
    `(?<![\\w.~/-])${path.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, "\\$&")}(?:(/)|(?![\\w.~-]))`,
    "gu",
  );
  return text.replace(whole, (_all, slash: string | undefined) => by(slash ?? ""));
}

/** A path as the path of a URI (RFC 3986); bytes that are not UTF-8 are kept as they are. */
export function uriPath(path: string): string {
  return path.split("/").map(encodePart).join("/");
}

function encodePart(part: string): string {
  const native = toNative(part);
  if (typeof native === "string") return encodeURIComponent(native.toWellFormed());
  return Array.from(native, (byte) => {
    const char = String.fromCharCode(byte);
    return /[\w.~-]/u.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
