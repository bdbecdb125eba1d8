import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectWith, pythonMinor, rung } from "../support/cli.ts";

const minutes = 60_000;
const project = projectWith({
  "rung.toml": `python = "${pythonMinor}"\n[commands.main]\nrun = "python main.py"\n`,
  "main.py": "import json, six\nprint(json.dumps({'six': six.__version__}))\n",
  "requirements.txt": "six==1.16.0\n",
  "odd name/é.txt": "text\n",
});
const room = path.join(path.dirname(project.root), "room");
fs.mkdirSync(room);
// A store and settings of our own: whatever this machine's say, its owner's images are left alone.
fs.writeFileSync(
  path.join(room, "containers.conf"),
  '[containers]\ndefault_ulimits=["nofile=1024:4096","nproc=4096:4096"]\nnetns="none"\n[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\nevents_logger="none"\n',
);
fs.writeFileSync(
  path.join(room, "storage.conf"),
  `[storage]\ndriver="overlay"\ngraphroot="${room}/root"\nrunroot="${room}/run"\n`,
);
const env = {
  ...process.env,
  CONTAINERS_CONF: path.join(room, "containers.conf"),
  CONTAINERS_STORAGE_CONF: path.join(room, "storage.conf"),
};

function podman(...words: readonly string[]): string {
  return execFileSync("podman", words, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

const hasPodman =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync("podman", ["info"], { env, timeout: minutes }).status === 0;

let context = "";
const ours = path.join(room, "ours.oci.tar");

beforeAll(() => {
  if (!hasPodman) return;
  for (const words of [
    ["lock", project.root],
    ["pack", project.root, "-o", path.join(room, "pack.tar.zst")],
    ["image", project.root, "-o", ours],
  ]) {
    const said = rung(words);
    if (said.code !== 0) throw new Error(said.stdout + said.stderr);
  }
  execFileSync("tar", ["--zstd", "-xf", path.join(room, "pack.tar.zst"), "-C", room]);
  context = path.join(
    room,
    fs.readdirSync(room).find((name) => name.endsWith("-linux-x86_64") || name.endsWith("-linux-aarch64")) ??
      "",
  );
}, 5 * minutes);

afterAll(() => {
  if (hasPodman) spawnSync("podman", ["system", "reset", "--force"], { env });
  project[Symbol.dispose]();
});

interface Difference {
  readonly same: boolean;
  readonly config: readonly { readonly field: string }[];
  readonly tree: { readonly added: number; readonly removed: number; readonly changed: number };
}

/** The image that podman builds from the unpacked pack, against the one that Rung wrote. */
function builtAgainstOurs(tag: string): Difference {
  podman("build", "--quiet", "--network", "none", "--timestamp", "315532800", "-t", tag, context);
  const built = path.join(room, `${tag}.tar`);
  podman("save", "--quiet", "--format", "oci-archive", "-o", built, tag);
  return JSON.parse(rung(["image", "diff", "--tree", ours, built, "--json"]).stdout) as Difference;
}

// Without podman (as root, with runc) nothing can build it: then only its text is tested, beside its source.
describe.skipIf(!hasPodman)("the Dockerfile of a pack, built offline by podman", () => {
  test(
    "gives the image's files: names, kinds, modes, owners, sizes, contents and links; and its config",
    () => {
      const { same, config, tree } = builtAgainstOurs("one");
      expect(tree).toMatchObject({ added: 0, removed: 0, changed: 0 });
      expect(same).toBe(true);
      // podman's label with its own version.
      expect(config.map(({ field }) => field)).toEqual(["config.Labels.io.buildah.version"]);
      const said = podman("run", "--rm", "--network", "none", "--read-only", "--cap-drop", "all", "one");
      expect(said).toContain('{"six": "1.16.0"}');
    },
    5 * minutes,
  );

  test(
    "gives another image where a file of the pack was changed",
    () => {
      fs.appendFileSync(path.join(context, "project/main.py"), "# more\n");
      const { same, tree } = builtAgainstOurs("two");
      expect(same).toBe(false);
      expect(tree).toMatchObject({ added: 0, removed: 0, changed: 1 });
    },
    5 * minutes,
  );
});
