import { expect, test } from "vitest";
import type { Command } from "../model/index.ts";
import { inOrder, needsOf } from "./order.ts";

function command(name: string, ...needs: string[]): Command {
  return {
    name,
    kind: "run",
    run: name,
    cwd: ".",
    env: {},
    timeoutSeconds: 1,
    needs,
    outputs: [],
    network: false,
    fallback: null,
    origin: "declared",
    location: { file: "rung.toml", line: 3 },
  };
}

test("each command comes after those it needs", () => {
  const commands = [command("report", "train"), command("train", "clean"), command("clean")];
  expect(inOrder(commands).map(({ name }) => name)).toEqual(["clean", "train", "report"]);
  expect(needsOf(commands[0] ?? command(""), commands)).toEqual(["clean", "train"]);
});

test("a circle is refused, with the way around it", () => {
  expect(() => inOrder([command("a", "b"), command("b", "a")])).toThrow(/a -> b -> a/u);
});

test("a need that is no command is refused, with its place", () => {
  expect(() => inOrder([command("a", "missing")])).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", location: { file: "rung.toml", line: 3 } }),
  );
});
