import { fillArguments } from "./fill-arguments.ts";
import { readInstructions, type Instruction } from "./read-instructions.ts";

export interface Stage {
  /** What its FROM names, build arguments filled in: an image or an earlier stage; "" where there is none. */
  readonly base: string;
  /** Build arguments in it that have no value in the file. */
  readonly missing: readonly string[];
  /** In small letters; "" where it has none. */
  readonly name: string;
  /** Of its FROM. */
  readonly line: number | null;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile in their order; what stands before the first FROM belongs to none. */
export function readStages(text: string): readonly Stage[] {
  // Only what is declared before the first FROM is known in a FROM.
  const values = new Map<string, string>();
  const stages: { stage: Omit<Stage, "instructions">; instructions: Instruction[] }[] = [];
  for (const item of readInstructions(text)) {
    if (item.name === "FROM") {
      const [, word = "", alias = ""] = /^(\S+)(?:\s+as\s+(\S+))?/iu.exec(item.rest) ?? [];
      const { text: base, missing } = fillArguments(word, values);
      const name = alias.toLowerCase();
      stages.push({ stage: { base, missing, name, line: item.line }, instructions: [] });
    } else if (stages.length > 0) {
      stages.at(-1)?.instructions.push(item);
    } else if (item.name === "ARG") {
      for (const [, key = "", quoted, bare = ""] of item.rest.matchAll(/(\w+)=(?:["']([^"']*)["']|(\S*))/gu))
        values.set(key, fillArguments(quoted ?? bare, values).text);
    }
  }
  return stages.map(({ stage, instructions }) => ({ ...stage, instructions }));
}

export interface BuiltStage {
  /** The image that it rests on in the end, build arguments filled in; "" where there is none. */
  readonly image: string;
  /** Line of the FROM that names the image. */
  readonly line: number | null;
  /** Those of the last stage, and before them those of the stages that it is built on. */
  readonly instructions: readonly Instruction[];
}

/** The stage that `docker build` gives, with what it inherits of the file's other stages. */
export function lastStage(text: string): BuiltStage {
  const named = new Map<string, BuiltStage>();
  let built: BuiltStage = { image: "", line: null, instructions: [] };
  for (const { base, name, line, instructions } of readStages(text)) {
    const under = named.get(base.toLowerCase()) ?? { image: base, line, instructions: [] };
    built = { ...under, instructions: [...under.instructions, ...instructions] };
    if (name !== "") named.set(name, built);
  }
  return built;
}
