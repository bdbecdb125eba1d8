import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../src/system/index.ts";
import { environmentWith, launch, projectWith, rung } from "../support/cli.ts";

const room = temporaryDirectory("image-e2e");
afterAll(() => room[Symbol.dispose]());
const at = (name: string): string => path.join(room.path, name);

const has = (...programs: readonly string[]): boolean =>
  programs.every((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0);
/** Where a tool or a right is missing that a test is about. */
const skipped = (why: string): void => void process.stderr.write(`skipped: ${why}\n`);
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";

/** As Debian has it. */
const fakeTime = `/usr/lib/${process.arch === "x64" ? "x86_64" : "aarch64"}-linux-gnu/faketime/libfaketime.so.1`;

const files = {
  "rung.toml": '[commands.main]\nrun = "python main.py"\n',
  "main.py": `import json, os, sys
open("result.json", "w").write(json.dumps({"answer": 6 * 7}))
print("hello from", os.getuid(), os.path.isdir("/sys/class/net") and os.listdir("/sys/class/net"))
`,
};
/** What a container may do: nothing but compute. */
const closed = ["--network", "none", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "all"];

interface Written {
  readonly path: string;
  readonly digest: string;
  readonly configDigest: string;
  readonly bytes: number;
  readonly layers: readonly {
    readonly digest: string;
    readonly bytes: number;
    readonly what: string;
    readonly reused: boolean;
  }[];
}

function image(root: string, output: string, more: readonly string[] = [], options = {}): Written {
  const said = rung(["image", root, "-o", output, "--json", ...more], options);
  expect(said, said.stderr).toMatchObject({ code: 0 });
  return JSON.parse(said.stdout) as Written;
}

let project: ReturnType<typeof projectWith>;
let written: Written;
const archive = at("demo.oci.tar");

beforeAll(async () => {
  if (!isLinux) return;
  project = projectWith(files);
  image(project.root, archive, ["--tag", "demo:1"]);
  // What was written a moment ago is known by its content, and later by its times: then its layer is made once more.
  await new Promise((resolve) => setTimeout(resolve, 3500));
  written = image(project.root, archive, ["--tag", "demo:1"]);
}, 120_000);
afterAll(() => project?.[Symbol.dispose]());

describe.runIf(isLinux)("rung image", () => {
  test("says what it wrote, one layer a part, and the same again", () => {
    expect(written.path).toBe(archive);
    expect(written.bytes).toBe(fs.statSync(archive).size);
    expect(written.layers.map(({ what }) => what)).toEqual([
      "a shell, users and empty folders",
      expect.stringMatching(/^CPython 3\.\d+\.\d+ with its libraries$/u),
      "0 packages, installed",
      "the launcher",
      "the project, 2 files",
    ]);
    const again = image(project.root, at("again.oci.tar"), ["--tag", "demo:1"]);
    expect(again.digest).toBe(written.digest);
    expect(again.layers.every(({ reused }) => reused)).toBe(true);
    expect(fs.readFileSync(at("again.oci.tar")).equals(fs.readFileSync(archive))).toBe(true);
  });

  test("writes one small layer after a change of one line, and diff names the file", () => {
    const changed = projectWith({ ...files, "main.py": `${files["main.py"]}# ${crypto.randomUUID()}\n` });
    const after = image(changed.root, at("after.oci.tar"), ["--tag", "demo:1"]);
    const fresh = after.layers.filter(({ reused }) => !reused);
    expect(fresh.map(({ what }) => what)).toEqual(["the project, 2 files"]);
    expect(fresh[0]?.bytes).toBeLessThan(20_000);
    const said = rung(["image", "diff", archive, at("after.oci.tar"), "--json"]);
    expect(said.code).toBe(1);
    const { layers, config } = JSON.parse(said.stdout) as {
      layers: { files: { files: { path: string; change: string }[] } }[];
      config: unknown[];
    };
    expect(config).toEqual([]);
    expect(layers.flatMap(({ files: { files: all } }) => all.map((one) => [one.path, one.change]))).toEqual([
      ["app/project/main.py", "changed"],
    ]);
    expect(rung(["image", "diff", archive, at("after.oci.tar")]).stdout).toMatch(
      /~ app\/project\/main\.py {2}\(size/u,
    );
    expect(rung(["image", "diff", archive, archive])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("the same image"),
    });
    changed[Symbol.dispose]();
  });

  test("refuses names and files that are none", () => {
    expect(rung(["image", project.root, "--tag", "Not A Name", "-o", at("x.tar")])).toMatchObject({
      code: 2,
    });
    expect(rung(["image", "diff", archive, project.root])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("IMAGE_UNREADABLE"),
    });
  });

  test("stands on a base, whose layers stay as they are", () => {
    const based = image(project.root, at("based"), ["--base", `${archive}:demo:1`, "--tag", "based"]);
    expect(based.layers.slice(0, written.layers.length).map(({ digest }) => digest)).toEqual(
      written.layers.map(({ digest }) => digest),
    );
    const said = rung(["image", "diff", "--tree", archive, at("based")]);
    expect(said.stdout).toContain("containers of both see the same files");
  });
});

describe("an image has one digest", () => {
  const plain = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", PYENV_ROOT: "/nonexistent" };
  const variants: readonly (readonly [
    string,
    boolean,
    readonly string[],
    Readonly<Record<string, string>>,
  ])[] = [
    [
      "another zone, language and umask",
      true,
      ["sh", "-c", 'umask 077; exec "$@"', "sh"],
      { TZ: "Asia/Tokyo", LC_ALL: "tr_TR.UTF-8" },
    ],
    ["another clock", fs.existsSync(fakeTime), [], { LD_PRELOAD: fakeTime, FAKETIME: "+2000d" }],
    [
      "one processor, other addresses",
      has("taskset", "setarch"),
      ["taskset", "-c", "0", "setarch", "-R"],
      {},
    ],
    [
      "another user",
      isRoot && has("setpriv"),
      ["setpriv", "--reuid", "4242", "--regid", "4242", "--clear-groups"],
      {},
    ],
    ["another order of folders", isRoot && has("disorderfs", "fusermount"), [], {}],
  ];
  let expected: Written;
  const build = (
    name: string,
    root: string,
    through: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Written => {
    const own = at(name.replaceAll(/\W+/gu, "-"));
    fs.mkdirSync(own, { mode: 0o777 });
    fs.chmodSync(own, 0o777);
    fs.mkdirSync(`${own}/project`);
    const tree = root === "" ? `${own}/project` : root;
    if (root === "")
      for (const [file, text] of Object.entries(files)) fs.writeFileSync(`${tree}/${file}`, text);
    // What was fetched is at hand: by a wrong clock no certificate is valid.
    const fetched = at("plainly/cache");
    const isMade = (file: string): boolean =>
      /^(?:layers|runtimes|interpreters)/u.test(path.relative(fetched, file));
    if (fs.existsSync(fetched))
      fs.cpSync(fetched, `${own}/cache`, { recursive: true, filter: (file) => !isMade(file) });
    execFileSync("chmod", ["-R", "a+rwX", own]);
    return image(tree, `${own}/image.oci.tar`, ["--tag", "demo:1"], {
      through: [
        "env",
        ...Object.entries({ ...plain, HOME: own, RUNG_CACHE: `${own}/cache`, TMPDIR: own, ...env }).map(
          ([key, value]) => `${key}=${value}`,
        ),
        ...through,
      ],
    });
  };
  beforeAll(() => {
    fs.chmodSync(room.path, 0o755);
    if (isLinux && fs.existsSync("/usr/bin/python3")) expected = build("plainly", "", [], {});
  });

  test.each(variants)("with %s", (name, isHere, through, env) => {
    if (!isLinux || !isHere || expected === undefined) return skipped(`nothing here to try ${name} with`);
    if (
      name === "another user" &&
      spawnSync(through[0] ?? "", [...through.slice(1), launch[0] ?? "", "-v"]).status !== 0
    ) {
      return skipped("another user may not read this checkout");
    }
    let root = "";
    if (name === "another order of folders") {
      root = at("shuffled");
      fs.mkdirSync(at("straight/project"), { recursive: true });
      for (const [file, text] of Object.entries(files))
        fs.writeFileSync(at(`straight/project/${file}`), text);
      fs.mkdirSync(root);
      execFileSync("disorderfs", ["--shuffle-dirents=yes", "--multi-user=no", "-q", at("straight"), root]);
      root = `${root}/project`;
    }
    try {
      const made = build(name, root, through, env);
      expect(made.digest).toBe(expected.digest);
      expect(fs.readFileSync(made.path).equals(fs.readFileSync(expected.path))).toBe(true);
    } finally {
      if (root !== "") execFileSync("fusermount", ["-u", at("shuffled")]);
    }
  });
});

describe("other tools take it", () => {
  test("podman", () => {
    if (!isLinux || !isRoot || !has("podman", "runc")) return skipped("no podman here");
    // The names of sockets below it have 107 bytes at most; podman waits 20 s for one that it could not make.
    const store = fs.mkdtempSync("/tmp/pm");
    fs.writeFileSync(
      at("containers.conf"),
      '[containers]\ndefault_ulimits=["nofile=1024:4096","nproc=4096:4096"]\nnetns="none"\n' +
        '[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\nevents_logger="none"\n',
    );
    fs.writeFileSync(
      at("storage.conf"),
      `[storage]\ndriver="overlay"\ngraphroot="${store}/graph"\nrunroot="${store}/run"\n`,
    );
    const env = environmentWith({
      CONTAINERS_CONF: at("containers.conf"),
      CONTAINERS_STORAGE_CONF: at("storage.conf"),
    });
    const podman = (...words: string[]): string => execFileSync("podman", words, { env, encoding: "utf8" });
    try {
      podman("load", "-q", "-i", archive);
      expect(podman("run", "--rm", ...closed, "demo:1")).toMatch(/^hello from 65532/u);
      expect(podman("run", "--rm", ...closed, "demo:1", "--list")).toBe("main\tpython main.py\n");
      const out = at("podman-out");
      fs.mkdirSync(out);
      fs.chmodSync(out, 0o777);
      podman("run", "--rm", ...closed, "-v", `${out}:/out`, "demo:1", "main");
      expect(fs.readFileSync(`${out}/result.json`, "utf8")).toBe('{"answer": 42}');
      podman("rmi", "-af");
      // Straight into its store, the manifest's digest kept.
      image(project.root, at("loaded"), ["--tag", "loaded:2", "--load", "podman"], {
        env: { CONTAINERS_CONF: at("containers.conf"), CONTAINERS_STORAGE_CONF: at("storage.conf") },
      });
      expect(podman("images", "--format", "{{.Repository}}:{{.Tag}} {{.Digest}}").trim()).toBe(
        `localhost/loaded:2 ${written.digest}`,
      );
    } finally {
      spawnSync("podman", ["rmi", "-af"], { env });
      spawnSync("umount", [`${store}/graph/overlay`]);
      fs.rmSync(store, { recursive: true, force: true });
    }
  });

  test("Docker", async () => {
    if (!isLinux || !isRoot || !has("dockerd", "docker")) return skipped("no dockerd here");
    const socket = `unix://${at("docker.sock")}`;
    const daemon = spawn(
      "dockerd",
      [
        "--iptables=false",
        "--ip6tables=false",
        "--bridge=none",
        "--storage-driver=overlay2",
        "--data-root",
        at("docker/data"),
        "--exec-root",
        at("docker/exec"),
        "-H",
        socket,
        "-p",
        at("docker.pid"),
      ],
      { stdio: "ignore" },
    );
    const ended = new Promise((resolve) => daemon.once("close", resolve));
    const docker = (...words: string[]): string =>
      execFileSync("docker", ["-H", socket, ...words], { encoding: "utf8" });
    try {
      for (let tries = 0; spawnSync("docker", ["-H", socket, "info"]).status !== 0; tries += 1) {
        if (tries > 300 || daemon.exitCode !== null) return skipped("dockerd does not start here");
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      docker("load", "-q", "-i", archive);
      expect(docker("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}").trim()).toBe(
        `demo:1 ${written.configDigest}`,
      );
      expect(docker("run", "--rm", ...closed, "demo:1")).toMatch(/^hello from 65532/u);
    } finally {
      daemon.kill("SIGTERM");
      await ended;
    }
  });

  test("skopeo", () => {
    if (!isLinux || !has("skopeo")) return skipped("no skopeo here");
    const skopeo = (...words: string[]): string => execFileSync("skopeo", words, { encoding: "utf8" });
    const seen = JSON.parse(skopeo("inspect", `oci-archive:${archive}:demo:1`)) as Record<string, unknown>;
    expect(seen).toMatchObject({
      Digest: written.digest,
      Architecture: process.arch === "x64" ? "amd64" : process.arch,
      Layers: written.layers.map(({ digest }) => digest),
    });
    skopeo("--insecure-policy", "copy", "-q", `oci-archive:${archive}:demo:1`, `oci:${at("copied")}:demo:1`);
    expect(rung(["image", "diff", archive, at("copied")])).toMatchObject({ code: 0 });
    // Docker's own format, and back: other manifests, the same content.
    skopeo(
      "--insecure-policy",
      "copy",
      "-q",
      `oci-archive:${archive}:demo:1`,
      `docker-archive:${at("saved.tar")}:demo:1`,
    );
    expect(rung(["image", "diff", "--tree", archive, at("saved.tar")])).toMatchObject({ code: 0 });
  });

  test("umoci and runc", () => {
    if (!isLinux || !isRoot || !has("umoci", "runc")) return skipped("no umoci and runc here");
    fs.mkdirSync(at("layout"));
    execFileSync("tar", ["xf", archive, "-C", at("layout")]);
    execFileSync("umoci", ["unpack", "--image", `${at("layout")}:demo:1`, at("unpacked")]);
    const file = at("unpacked/config.json");
    const config = JSON.parse(fs.readFileSync(file, "utf8")) as {
      process: object;
      mounts: { destination: string; options: string[] }[];
    };
    // Its volume is a folder of root's in what umoci writes.
    for (const mount of config.mounts)
      if (mount.destination === "/out") mount.options.push("uid=65532", "gid=65532");
    fs.writeFileSync(file, JSON.stringify({ ...config, process: { ...config.process, terminal: false } }));
    const said = execFileSync(
      "runc",
      ["--root", at("runc"), "run", "--bundle", at("unpacked"), `rung-${process.pid}`],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    expect(said).toMatch(/^hello from 65532/u);
  });
});
