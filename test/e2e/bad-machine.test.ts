import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { launch, projectWith, rung } from "../support/cli.ts";
import { soundProject } from "../support/sound-project.ts";
import { canRun, examine, expectError, finding } from "../support/untouched.ts";

const timeout = 60_000;

const noNetwork = ["unshare", "-n"];

describe.skipIf(!canRun(...noNetwork, "true"))("no network (needs root: unshare -n)", { timeout }, () => {
  const files = { ...soundProject, "requirements.txt": "pytz==2013b\n" };
  const offline = { through: noNetwork, env: { UV_HTTP_RETRIES: "0" } };

  test("a lock says so, and writes nothing", () => {
    using project = projectWith(files);
    expectError(examine(project.root, ["lock"], offline), "NETWORK_UNAVAILABLE", /./u);
  });

  test("a proof is unknown, not unmet", () => {
    using project = projectWith(files);
    const said = examine(project.root, ["prove", "0"], offline);
    expect([said.code, said.json.level]).toEqual([4, null]);
    expect(finding(said, "network-unavailable")).toMatchObject({ fix: expect.any(String) as string });
  });
});

/** A small file system of its own at a folder, seen by the command alone; all but `free` KiB of it filled. */
function smallDisk(folder: string, sizeKiB: number, freeKiB: number): readonly string[] {
  const fill = `head -c ${(sizeKiB - freeKiB) * 1024} /dev/zero > "$0/filler"`;
  return [
    "unshare",
    "-m",
    "/bin/sh",
    "-ec",
    `mount -t tmpfs -o size=${sizeKiB}k tmpfs "$0"; ${fill} 2>/dev/null || true; exec "$@"`,
    folder,
  ];
}

/** Copies a project into a folder first; the code is 99 where the command touched the copy. */
function onCopyOf(root: string, folder: string): readonly string[] {
  const digests = '(cd "$place" && find . -path ./.rung -prune -o -type f -exec sha256sum {} + | sort)';
  const script = `place=$1; shift; cp "$0"/* "$place"; before=$${digests}; "$@"; code=$?; [ "$before" = "$${digests}" ] || code=99; exit $code`;
  return ["/bin/sh", "-c", script, root, folder];
}

const canMount = canRun("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt");

describe.skipIf(!canMount)("a full disk (needs root: unshare -m, mount)", { timeout }, () => {
  test.each(["RUNG_CACHE", "TMPDIR"])("for %s", (variable) => {
    using project = projectWith(soundProject);
    const folder = path.dirname(project.root);
    const place = path.join(folder, "small");
    fs.mkdirSync(place);
    const disk = { through: smallDisk(place, 1024, 0), env: { [variable]: place } };
    expect(examine(project.root, ["check"], disk).code).toBe(0);
    expectError(examine(project.root, ["prove", "2"], disk), "DISK_FULL", /No room left/u);
    expectError(examine(project.root, ["lock"], disk), "DISK_FULL", /No room left/u);
    expect(examine(project.root, ["status"]).code).toBe(0);
  });

  test("a command that finds no room is not the project's fault", () => {
    using project = projectWith({
      ...soundProject,
      "main.py": 'open("big", "wb").write(b"x" * 9_000_000)\n',
    });
    const place = path.join(path.dirname(project.root), "small");
    fs.mkdirSync(place);
    const disk = { through: smallDisk(place, 6000, 6000), env: { TMPDIR: place } };
    expectError(examine(project.root, ["prove", "0"], disk), "DISK_FULL", /was full when main ended/u);
    expect(examine(project.root, ["status"]).json.level).toBeNull();
  });

  test.each([0, 600])("for the project itself, with %i KiB left", (free) => {
    using project = projectWith({
      ...soundProject,
      "main.py": 'open("big", "wb").write(b"x" * 5_000_000)\n',
    });
    const place = path.join(path.dirname(project.root), "small");
    fs.mkdirSync(place);
    const through = [...smallDisk(place, 2048, free), ...onCopyOf(project.root, place)];
    const said = rung(["prove", "0", place, "--json", "--quiet"], { through });
    expect(said.code).toBe(5);
    expect(JSON.parse(said.stdout)).toMatchObject({
      error: { code: "DISK_FULL", hint: expect.stringContaining("Free some room") as string },
    });
  });
});

describe("a tree that may not be written", { timeout }, () => {
  const readOnly = (root: string): readonly string[] => [
    "unshare",
    "-m",
    "/bin/sh",
    "-ec",
    'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"; exec "$@"',
    root,
  ];

  test.skipIf(!canMount)("is proved with its records in the cache (needs root: unshare -m, mount)", () => {
    using project = projectWith(soundProject);
    const through = readOnly(project.root);
    expect(examine(project.root, ["prove", "2"], { through })).toMatchObject({ code: 0, json: { level: 2 } });
    expect(examine(project.root, ["status"], { through }).json.level).toBe(2);
    expectError(
      examine(project.root, ["lock"], { through }),
      "PATH_UNREADABLE",
      /Cannot write .*pylock\.toml/u,
    );
    expect(fs.existsSync(path.join(project.root, ".rung"))).toBe(false);
  });
});

describe("a folder that may not be read", { timeout }, () => {
  const nobody = 65534;
  const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
  const isRoot = process.getuid?.() === 0;
  // Another user must be able to read this checkout and to run its Node.
  const possible = !isRoot || canRun(...asNobody, ...launch, "--version");

  test.skipIf(!possible).each([0o000, 0o444, 0o311])(
    "mode %o (as root: needs setpriv and a checkout that others can read)",
    (mode) => {
      using project = projectWith({ "main.py": "print(1)\n", "secret/inner.py": "import nothing\n" });
      const parent = path.dirname(project.root);
      fs.chmodSync(path.join(project.root, "secret"), mode);
      for (const name of ["home", "tmp"]) fs.mkdirSync(path.join(parent, name));
      if (isRoot)
        for (const name of ["", ...fs.readdirSync(parent, { recursive: true, encoding: "utf8" })])
          fs.lchownSync(path.join(parent, name), nobody, nobody);
      const env = {
        HOME: `${parent}/home`,
        RUNG_CACHE: `${parent}/home/cache`,
        TMPDIR: `${parent}/tmp`,
        PATH: "/usr/local/bin:/usr/bin:/bin",
      };
      const as = { env, through: isRoot ? asNobody : [] };
      const checked = examine(project.root, ["check"], as);
      expect(finding(checked, "unreadable-folder")).toMatchObject({
        file: "secret",
        fix: expect.stringContaining("chmod") as string,
      });
      const proved = examine(project.root, ["prove", "0"], as);
      expect([proved.code, proved.json.level]).toEqual([0, 0]);
      expect(finding(proved, "unreadable-folder")).toBeDefined();
      fs.chmodSync(path.join(project.root, "secret"), 0o755);
    },
  );
});
