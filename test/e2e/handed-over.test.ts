import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../src/system/index.ts";
import { ladder, projectWith, pythonMinor, rung, rungAt } from "../support/cli.ts";

const room = temporaryDirectory("handed-over-e2e");
const engines = path.join(room.path, "containers.conf");
/** For machines that let nobody raise a limit. */
fs.writeFileSync(
  engines,
  `[containers]\ndefault_ulimits=["nofile=1024:4096","nproc=4096:4096"]\nnetns="none"\n[engine]\ncgroup_manager="cgroupfs"\nevents_logger="none"\n`,
);
const env = { CONTAINERS_CONF: engines };
const hasEngine = ["podman", "runc"].some(
  (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0,
);

const files = {
  "rung.toml": `python = "${pythonMinor}"
[commands.count]
run = "python count.py"
outputs = ["counts.json"]
[commands.show]
run = "cat counts.json && python show.py"
needs = ["count"]
`,
  "count.py": 'import json\nopen("counts.json", "w").write(json.dumps({"words": 3}))\n',
  "show.py": 'import json, os\nprint(json.load(open("counts.json"))["words"], "of", os.getcwd())\n',
  "README.md":
    "# Words\n\n```sh\npip install -r requirements.txt\npython count.py\ncat counts.json && python show.py\n```\n",
  "requirements.txt": "",
};

afterAll(() => room[Symbol.dispose]());

describe.runIf(process.platform === "linux" && process.getuid?.() === 0)("what is handed over", () => {
  let project: ReturnType<typeof projectWith>;
  let result: ReturnType<typeof ladder>;
  beforeAll(() => {
    project = projectWith(files);
    result = ladder(["climb", "5", project.root, "--yes"], { env });
  }, 300_000);
  afterAll(() => project[Symbol.dispose]());
  const evidenceOf = (level: number): string =>
    rungAt(result, level)
      .evidence.map(({ status, summary }) => `${status} ${summary}`)
      .join("\n");

  test("the pack gives the same outputs in a root that holds nothing else", () => {
    expect(rungAt(result, 4).verdict, evidenceOf(4)).toBe("met");
    expect(evidenceOf(4)).toMatch(/proved show from the pack, in an empty root: same outputs/u);
    expect(evidenceOf(4)).toMatch(/proved pack: .*\.rung\/packs\//u);
  });

  test.runIf(hasEngine)("the image does in a container, and is the same when it is made again", () => {
    expect(rungAt(result, 5).verdict, evidenceOf(5)).toBe("met");
    expect(evidenceOf(5)).toMatch(/proved show from the image, in a container: same outputs/u);
    expect(evidenceOf(5)).toMatch(/proved made once more from scratch .*: the same digest/u);
    expect(result.level).toBe(5);
  });

  test.runIf(hasEngine)("an image that is given is proved too, and not where it gives something else", () => {
    const [image = ""] = fs.readdirSync(path.join(project.root, ".rung/images"));
    const given = path.join(project.root, ".rung/images", image);
    const good = rung(["prove", "5", project.root, "--image", given], { env });
    expect(good, good.stderr).toMatchObject({ code: 0 });
    expect(good.stdout).toContain("5  ✔ met");
    fs.writeFileSync(path.join(project.root, "count.py"), files["count.py"].replace("3", "4"));
    const other = rung(["prove", "5", project.root, "--image", given], { env });
    expect(other).toMatchObject({ code: 1 });
    expect(other.stdout).toContain("outputs differ");
    fs.writeFileSync(path.join(project.root, "count.py"), `${files["count.py"]}# no result hangs on it\n`);
    const stale = rung(["prove", "5", project.root, "--image", given], { env });
    expect(stale).toMatchObject({ code: 1 });
    expect(stale.stdout).toContain("and others than here: count.py");
    fs.writeFileSync(path.join(project.root, "count.py"), "raise SystemExit(3)\n");
    expect(rung(["prove", "5", project.root, "--image", given], { env })).toMatchObject({ code: 1 });
    fs.writeFileSync(path.join(project.root, "count.py"), files["count.py"]);
  });
});

describe.runIf(process.platform === "linux")("what only this machine has", () => {
  test("leaves level 4 unmet, with the output that differs", () => {
    using project = projectWith({
      ...files,
      "show.py": 'import os\nprint(len(os.listdir("/usr/share")) if os.path.isdir("/usr/share") else 0)\n',
    });
    const climbed = ladder(["climb", "4", project.root, "--yes"]);
    expect(climbed.level).toBe(3);
    expect(rungAt(climbed, 4).verdict).toBe("unmet");
    const said = rungAt(climbed, 4)
      .evidence.map(({ summary }) => summary)
      .join("\n");
    expect(said).toMatch(/show from the pack, in an empty root: outputs differ/u);
    const finding = rungAt(climbed, 4).findings.find(({ rule }) => rule === "output-differs");
    expect(finding?.fix).toContain("outside the project");
  }, 200_000);
});

test("--image is for level 5 alone", () => {
  using project = projectWith(files);
  expect(rung(["prove", "4", project.root, "--image", "x.tar"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--image is for level 5"),
  });
});
