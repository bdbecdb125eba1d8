import { describe, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { completionScript, shells } from "./completion.ts";
import { parserFor } from "./run.ts";
import { rung } from "../../test/support/cli.ts";

const help = rung(["--help"]);

test("the help lists every command with its summary, in the order of the table", () => {
  expect(help.code).toBe(0);
  const listed = [...help.stdout.matchAll(/^ {2}([a-z]+) {2,}(.+)$/gmu)].map(([, name, summary]) => [
    name,
    summary,
  ]);
  expect(listed).toEqual(commands.map(({ name, summary }) => [name, summary]));
});

test("names are told apart, and each exit code is in the help", () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  for (const code of ["0 met", "1 unmet", "2 usage", "4 unknown", "5 error"])
    expect(help.stdout).toContain(code);
});

const below = await Promise.all(
  commands.map(async (entry) =>
    ((await entry.load()).subcommands ?? []).map((inner) => [`${entry.name} ${inner.name}`, inner] as const),
  ),
);
const all = [...commands.map((entry) => [entry.name, entry] as const), ...below.flat()];

describe.each(all)("rung %s", (name, entry) => {
  test("is what its module defines, said in one line", async () => {
    expect((await entry.load()).name).toBe(name);
    expect(entry.summary.length).toBeLessThanOrEqual(90);
    expect(entry.summary).not.toMatch(/^[A-Z]|\.$/u);
  });

  test("has examples that its own parser takes", async () => {
    const definition = await entry.load();
    expect(definition.examples.length).toBeGreaterThan(0);
    for (const example of definition.examples) {
      const line = /\brung\b([^|>)]*)/u.exec(example)?.[1] ?? "no rung in it";
      const words = (line.replace(/ -- .*$/u, "").match(/'[^']*'|[^\s']+/gu) ?? [])
        .map((word) => word.replaceAll("'", ""))
        .filter((word) => word !== '"$');
      const own = name.split(" ");
      if (words.length > 0) expect(words.slice(0, own.length), example).toEqual(own);
      const parser = parserFor(definition, entry.summary);
      expect(() => parser.parse(words.slice(own.length), { from: "user" }), example).not.toThrow();
    }
  });

  test("shows its options and examples in its help", async () => {
    const definition = await entry.load();
    const shown = rung([...name.split(" "), "--help"]);
    expect(shown.code).toBe(0);
    const options = definition.options.filter(({ hidden }) => hidden !== true);
    for (const text of [...options.map(({ flags }) => flags), ...definition.examples]) {
      expect(shown.stdout).toContain(text);
    }
    for (const { flags, hidden } of definition.options)
      if (hidden === true) expect(shown.stdout).not.toContain(flags);
  });

  test("is completed by every shell, options included", async () => {
    const { options: all } = await entry.load();
    const options = all.filter(({ hidden }) => hidden !== true);
    const flags = options.map(({ flags: text }) => /--([\w-]+)/u.exec(text)?.[1] ?? "");
    for (const shell of shells) {
      const script = await completionScript(shell, [entry]);
      for (const word of [entry.name, ...flags]) expect(script, shell).toContain(word);
    }
  });
});

test("a word that is no command exits 2 and names one that is near", () => {
  expect(rung(["prov"])).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "prove"?') });
});
