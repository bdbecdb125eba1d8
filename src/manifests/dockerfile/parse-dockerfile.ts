export interface Instruction {
  /** In capitals: FROM, CMD. */
  readonly name: string;
  readonly rest: string;
  readonly line: number;
}

export interface Stage {
  /** The image that it rests on in the end, build arguments filled in; "" where there is none. */
  readonly image: string;
  /** Line of the FROM that names the image. */
  readonly line: number | null;
  /** Those of the last stage, and before them those of the stages that it is built on. */
  readonly instructions: readonly Instruction[];
}

function instructionsOf(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  let open: { said: string; line: number } | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    if (/^\s*#/u.test(raw) || (open !== null && raw.trim() === "")) continue;
    const current: { said: string; line: number } = open ?? { said: "", line: index + 1 };
    const joined = /\\\s*$/u.test(raw);
    const said: string = `${current.said} ${raw.replace(/\\\s*$/u, "")}`;
    open = joined ? { said, line: current.line } : null;
    const match = joined ? null : /^\s*([A-Za-z]+)\s+(.*)$/su.exec(said);
    if (match !== null)
      found.push({ name: (match[1] ?? "").toUpperCase(), rest: (match[2] ?? "").trim(), line: current.line });
  }
  return found;
}

/** The stage that `docker build` gives, with what it inherits of the file's other stages. */
export function lastStage(text: string): Stage {
  const args = new Map<string, string>();
  const stages = new Map<string, Stage>();
  let current: Stage = { image: "", line: null, instructions: [] };
  let name = "";
  for (const item of instructionsOf(text)) {
    if (item.name === "FROM") {
      const filled = item.rest.replaceAll(
        /\$\{?(\w+)(?::-([^}]*))?\}?/gu,
        (_, key: string, fallback?: string) => args.get(key) ?? fallback ?? "",
      );
      const [, image = "", alias = ""] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/iu.exec(filled) ?? [];
      current = stages.get(image.toLowerCase()) ?? { image, line: item.line, instructions: [] };
      name = alias.toLowerCase();
    } else if (item.name === "ARG") {
      const [, key = "", value = ""] = /^(\w+)=["']?([^"'\s]*)/u.exec(item.rest) ?? [];
      if (key !== "") args.set(key, value);
    } else {
      current = { ...current, instructions: [...current.instructions, item] };
    }
    if (name !== "") stages.set(name, current);
  }
  return current;
}
