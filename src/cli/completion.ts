import type { CommandEntry } from "./define-command.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

interface Completed {
  readonly name: string;
  readonly summary: string;
  /** Those of the commands below it too. */
  readonly options: readonly { readonly flag: string; readonly description: string }[];
  /** Of the commands below it. */
  readonly words: readonly string[];
}

/** The completion script of a shell, made from the commands' own definitions. */
export async function completionScript(shell: Shell, entries: readonly CommandEntry[]): Promise<string> {
  const completed = await Promise.all(entries.map(describe));
  return { bash, zsh, fish }[shell](completed);
}

async function describe(entry: CommandEntry): Promise<Completed> {
  const definition = await entry.load();
  const shown = definition.options.filter(({ hidden }) => hidden !== true);
  const options = shown.map(({ flags, description }) => ({
    flag: /--[\w-]+/u.exec(flags)?.[0] ?? flags,
    description,
  }));
  const json = definition.json ? [{ flag: "--json", description: "print the result as JSON" }] : [];
  const below = await Promise.all((definition.subcommands ?? []).map(describe));
  const all = [...options, ...json, ...below.flatMap((one) => one.options)];
  return {
    name: entry.name,
    summary: entry.summary,
    options: [...new Map(all.map((option) => [option.flag, option])).values()],
    words: below.map(({ name }) => name),
  };
}

function bash(commands: readonly Completed[]): string {
  const cases = commands.map(
    ({ name, options, words }) =>
      `    ${name}) words="${[...words, ...options.map(({ flag }) => flag)].join(" ")}" ;;`,
  );
  return `_rung() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(" ")}"
  else
    case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -d -- "$current"))
}
complete -o filenames -F _rung rung
`;
}

function zsh(commands: readonly Completed[]): string {
  const names = commands.map(
    ({ name, summary }) => `    ${quote(`${name}:${summary.replaceAll(":", "\\:")}`)}`,
  );
  const cases = commands.map(({ name, options, words }) => {
    const first = words.length === 0 ? "" : ` '1:command:(${words.join(" ")})'`;
    const flags = options.map(({ flag, description }) =>
      quote(`${flag}[${description.replaceAll(/[[\]]/gu, "\\$&")}]`),
    );
    return `    ${name}) _arguments ${flags.join(" ")}${first} '*:folder:_files -/' ;;`;
  });
  return `#compdef rung
_rung() {
  local -a commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files -/
    return
  fi
  case $words[2] in
${cases.join("\n")}
  esac
}
compdef _rung rung
`;
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, summary, options, words }) => [
    `complete -c rung -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ...words.map((word) => `complete -c rung -n "__fish_seen_subcommand_from ${name}" -a ${word}`),
    ...options.map(
      ({ flag, description }) =>
        `complete -c rung -n "__fish_seen_subcommand_from ${name}" -l ${flag.slice(2)} -d ${quote(description)}`,
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
