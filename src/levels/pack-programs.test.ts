import { expect, test } from "vitest";
import type { TracedProcess } from "../model/index.ts";
import { startedPrograms } from "./pack-programs.ts";

test("programs that Python called by name, and those of a shell's line, are found where they lie", () => {
  const process = { python: null } as unknown as TracedProcess;
  const processes = [
    { ...process, executable: "git", argv: ["git", "--version"] },
    {
      ...process,
      executable: "/bin/sh",
      argv: ["/bin/sh", "-c", "sort in.txt > out.txt; cp out.txt copy.txt"],
    },
    { ...process, executable: "no-such-program", argv: ["no-such-program"] },
  ];
  const found = startedPrograms(
    ["FAST=1 make all && no-such-program"],
    [{ root: "/project", processes }],
    "/project",
  );
  const names = found.map((place) => place.slice(place.lastIndexOf("/") + 1));
  expect(found.every((place) => place.startsWith("/"))).toBe(true);
  expect(names.filter((name) => name !== "make" && name !== "git")).toEqual(["sh", "cp", "sort"]);
});
