import { shellWords, splitSegments } from "../manifests/index.ts";

/** `cd DIR && LINE` as the folder (relative to where it starts) and the line; "." where the line changes no folder. */
export function splitFolder(line: string): { readonly cwd: string; readonly line: string } {
  const segments = splitSegments(line);
  const [first, ...rest] = segments;
  const words = first === undefined ? [] : shellWords(first.text);
  const [program, folder] = words;
  const isChange = program === "cd" && folder !== undefined && words.length === 2 && first?.operator !== "";
  if (!isChange || rest.length === 0 || /^[/~-]|\$/u.test(folder)) return { cwd: ".", line };
  const following = rest
    .map(({ text, operator }) => `${text}${operator === "" ? "" : ` ${operator} `}`)
    .join("");
  const inner = splitFolder(following);
  return { cwd: joinFolder(folder, inner.cwd), line: inner.line };
}

/** A folder seen from another one, both relative; "." for the root. Steps that leave the root stay as "..". */
export function joinFolder(base: string, folder: string): string {
  const parts: string[] = [];
  for (const part of `${base}/${folder}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/") || ".";
}

/** What a launcher's words say: options with their values, and the rest in order. */
export interface LaunchWords {
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly rest: readonly string[];
}

/**
 * Splits words behind a launcher into options and the rest. `valued` names the options that take the next word. Where
 * `untilName` holds, all that follows the first other word belongs to the rest, as it does for `pixi run`.
 */
export function launchWords(words: readonly string[], valued: RegExp, untilName: boolean): LaunchWords {
  const options: { name: string; value: string }[] = [];
  const rest: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "--" || (untilName && rest.length > 0)) {
      rest.push(...words.slice(word === "--" ? index + 1 : index));
      break;
    }
    const [, joinedName, joinedValue] = /^(--[\w-]+)=(.*)$/su.exec(word) ?? [];
    if (joinedName !== undefined) options.push({ name: joinedName, value: joinedValue ?? "" });
    else if (valued.test(word)) options.push({ name: word, value: words[(index += 1)] ?? "" });
    else if (word.startsWith("-")) options.push({ name: word, value: "" });
    else rest.push(word);
  }
  return { options, rest };
}
