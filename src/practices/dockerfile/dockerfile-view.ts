import {
  readDockerfile,
  readStages,
  runLines,
  shellWords,
  type Instruction,
  type Stage,
} from "../../manifests/index.ts";

/** One command of a RUN. */
export interface RunCommand {
  /** The program's name without its folder first; assignments, sudo and the shell's own words left out. */
  readonly words: readonly string[];
  readonly text: string;
  readonly line: number;
}

export interface RunStep {
  readonly instruction: Instruction;
  readonly commands: readonly RunCommand[];
}

/** A Dockerfile as its practices look at it. */
export interface DockerfileView {
  /** Relative to the project's root. */
  readonly path: string;
  readonly stages: readonly Stage[];
  /** Every instruction, what ONBUILD keeps for later builds as if it stood there itself. */
  readonly instructions: readonly Instruction[];
  readonly runs: readonly RunStep[];
}

/** Commands longer than this are passed over: no person wrote them. */
const longestCommand = 4000;

const beforeProgram =
  /^(?:\w+=.*|sudo|-\w+|exec|time|env|command|if|then|else|elif|do|while|until|!|\{|eatmydata)$/su;

export function viewDockerfile(path: string, text: string): DockerfileView {
  const instructions = readDockerfile(text).map((instruction) => {
    if (instruction.name !== "ONBUILD") return instruction;
    const [inner] = readDockerfile(instruction.rest);
    const { line, heredocs } = instruction;
    return inner === undefined ? instruction : { ...inner, line, heredocs, starts: [{ offset: 0, line }] };
  });
  const runs = instructions
    .filter(({ name }) => name === "RUN")
    .map((instruction) => ({ instruction, commands: runLines(instruction).flatMap(commandOf) }));
  return { path, stages: readStages(text), instructions, runs };
}

function commandOf({ text, line }: { text: string; line: number }): readonly RunCommand[] {
  if (text.length > longestCommand) return [];
  const words = shellWords(text);
  const first = words.findIndex((word) => !beforeProgram.test(word));
  if (first === -1) return [];
  const program = (words[first] ?? "").replace(/^.*\//su, "");
  return [{ words: [program, ...words.slice(first + 1)], text, line }];
}
