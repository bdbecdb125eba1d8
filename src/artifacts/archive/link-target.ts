/**
 * Does following this symbolic link lead out of the root? `links` maps each link's path to its target, all relative to
 * the root; everything else is taken for a real folder. Links are followed one by one, as the system does it, since
 * "a/.." need not be where "a" is. A loop leads nowhere, and so not out.
 */
export function leadsOut(link: string, links: ReadonlyMap<string, string>): boolean {
  let at: string[] = [];
  const ahead = segmentsOf(link);
  const seen = new Set<string>();
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === "..") {
      if (at.length === 0) return true;
      at.pop();
      continue;
    }
    const here = [...at, part];
    const target = links.get(here.join("/"));
    if (target === undefined) {
      at = here;
      continue;
    }
    if (target.startsWith("/") || /^[A-Za-z]:|^\\/u.test(target)) return true;
    ahead.unshift(...segmentsOf(target));
    const state = `${here.join("/")}\0${ahead.join("/")}`;
    if (seen.has(state)) return false;
    if (seen.size > 255) return true;
    seen.add(state);
  }
  return false;
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
