/**
 * Where each member of each object at the top of a JSON text stands: asked with both names, gives the line (from 1). The text
 * must be JSON. One pass over its characters that builds no tree.
 */
export function memberLines(text: string): (section: string, member: string) => number | null {
  const lines = new Map<string, number>();
  let section = "";
  let depth = 0;
  let line = 1;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}\n]/gsu)) {
    const [said, colon] = token;
    if (said === "\n") line += 1;
    else if (said === "{" || said === "[") depth += 1;
    else if (said === "}" || said === "]") depth -= 1;
    else if (colon !== undefined && depth <= 2) {
      const name = nameOf(said.slice(0, said.length - colon.length));
      if (depth === 1) section = name;
      else lines.set(JSON.stringify([section, name]), line);
      line += colon.split("\n").length - 1;
    }
  }
  return (of, member) => lines.get(JSON.stringify([of, member])) ?? null;
}

function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
