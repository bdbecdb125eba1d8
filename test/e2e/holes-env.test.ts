import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { commitAll, ladder, projectWith, pythonMinor, rulesAt, rungAt } from "../support/cli.ts";

const timeout = 180_000;

/** A project whose one command is `python main.py`, with the requirements given. */
function projectOf(
  files: Readonly<Record<string, string>>,
  run = "python main.py",
): ReturnType<typeof projectWith> {
  return projectWith({
    "requirements.txt": "# nothing is needed\n",
    "README.md": `# It\n\n\`\`\`sh\npip install -r requirements.txt\n${run}\n\`\`\`\n`,
    "rung.toml": `python = "${pythonMinor}"\n\n[commands.main]\nrun = "${run}"\n`,
    ...files,
  });
}

describe("the environment is what it was made of", () => {
  test("a file that the first run leaves beside the packages proves nothing", { timeout }, () => {
    const main = `import pathlib, sysconfig
kept = pathlib.Path(sysconfig.get_path("purelib")) / "weights.txt"
if not kept.exists():
    kept.write_text((pathlib.Path(__file__).parent.parent / "beside.txt").read_text())
print(kept.read_text())
`;
    using project = projectOf({ "main.py": main });
    fs.writeFileSync(path.join(path.dirname(project.root), "beside.txt"), "7");
    commitAll(project.root);
    const result = ladder(["prove", "2", project.root]);
    expect(result.level).toBe(-1);
    expect(rungAt(result, 1).verdict).not.toBe("met");
    expect(rulesAt(result, 0)).not.toEqual([]);
  });
});
