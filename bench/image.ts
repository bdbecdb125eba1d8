/** `rung image` beside `podman build` and `buildah` of the same content, without layers to reuse and after a change of one
 *  line.
 *
 *      node bench/image.ts [ROUNDS=3]
 *
 *  The project has NumPy, pandas and scikit-learn; the wheels are in the cache. The peers copy the unpacked pack's parts onto
 *  nothing, the least often changed first, install by the same launcher with the wheels mounted, and write one archive with
 *  no compression. They build with the host's network and chroot, without a container, so that `chrt` holds for all
 *  that they start: a real-time process may enter no group of processes with a share of its own.
 *  The goals: without layers at most half of podman's time; one line in at most 1.5 s and one small layer; 250 MB.
 *  Needs podman and buildah as root; CONTAINERS_CONF is handed on. */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { changeOneLine, rung, sampleProject } from "./packing/sample-project.ts";
import { benchRoom, measureInTurn, numbersGiven, printTable, type Way } from "./time.ts";

const [rounds = 3] = numbersGiven(3);
const room = benchRoom("image");
const at = (...names: readonly string[]): string => path.join(room, ...names);
const cache = { RUNG_CACHE: at("cache") };
const withCache = { ...process.env, ...cache };
const quietly = { cwd: at("project"), env: withCache, stdio: "ignore" } as const;

sampleProject(at("project"));
execFileSync(rung, ["pack", "--quiet", "-o", at("pack.tar.zst")], quietly);
fs.mkdirSync(at("context"));
execFileSync("tar", ["--zstd", "-xf", at("pack.tar.zst"), "-C", at("context"), "--strip-components", "1"]);
// The shell of the start-up script, with its loader where it looks for it.
execFileSync(rung, ["image", "--quiet", "-o", at("layout")], quietly);
const blob = (digest: string): string => at("layout/blobs/sha256", digest.replace("sha256:", ""));
const json = <T>(file: string): T => JSON.parse(fs.readFileSync(file, "utf8")) as T;
const [first] = json<{ manifests: { digest: string }[] }>(at("layout/index.json")).manifests;
const [root] = json<{ layers: { digest: string }[] }>(blob(first?.digest ?? "")).layers;
fs.mkdirSync(at("context/root"));
execFileSync("tar", ["-xf", blob(root?.digest ?? ""), "-C", at("context/root")]);
fs.writeFileSync(
  at("context/Containerfile"),
  `FROM scratch
COPY root/ /
COPY runtime/ /app/runtime/
COPY run bundle.json /app/
RUN --mount=type=bind,source=wheels,target=/app/wheels ["/app/run", "--install", "--compile"]
COPY project/ /app/project/
ENTRYPOINT ["/app/run", "--out", "/out"]
`,
);

const peers = ["podman", "buildah"] as const;
type Peer = (typeof peers)[number];
const stores = `--root ${at("store")} --runroot ${at("runroot")} --storage-driver overlay`;

// The store mounts itself; before that is undone the room cannot vanish.
process.prependListener("exit", () => spawnSync("umount", ["-R", at("store/overlay")], { stdio: "ignore" }));

/** Builds and writes one archive; `--no-cache` takes no layer from before. */
function peer(tool: Peer, cached: boolean): Way {
  const build = `${tool} ${stores} ${tool === "podman" ? "build" : "bud"} --network host --isolation chroot --layers`;
  const save =
    tool === "podman"
      ? "podman STORES save --quiet --format docker-archive -o FILE app"
      : "buildah STORES push --quiet app docker-archive:FILE:app";
  const written = at(`${tool}.tar`);
  return {
    name: `${tool}: build${cached ? "" : " --no-cache"}, write`,
    argv: [
      "sh",
      "-c",
      `${build} ${cached ? "" : "--no-cache"} -t app -f context/Containerfile context && ${save.replace("STORES", stores).replace("FILE", written)}`,
    ],
    cwd: room,
    before: () => {
      fs.rmSync(written, { force: true });
      if (cached) changeOneLine(at("context/project"));
    },
  };
}

function ours(name: string, output: string, goal: string, before: () => void, against?: string): Way {
  const argv = [rung, "image", "--quiet", "-o", at(output)] as const;
  return {
    name,
    argv,
    cwd: at("project"),
    env: cache,
    before,
    goal,
    ...(against === undefined ? {} : { against }),
  };
}

const cold = [
  ...peers.map((tool) => peer(tool, false)),
  ours("rung image, no layers kept", "ours.oci.tar", "at most half, 250 MB", () =>
    fs.rmSync(at("cache/layers"), { recursive: true, force: true }),
  ),
];
printTable("an image with 10 wheels, cold", cold, measureInTurn(room, cold, { rounds, warmUps: 0 }));

const change = (): void => changeOneLine(at("project"));
const warm = [
  ...peers.map((tool) => peer(tool, true)),
  ours("rung image -o FILE.oci.tar", "ours.oci.tar", "1.5 s, 250 MB", change),
  ours("rung image -o FOLDER", "layout", "1.5 s, 250 MB", change),
];
printTable("one line changed", warm, measureInTurn(room, warm, { rounds }));
for (const name of [...peers.map((tool) => `${tool}.tar`), "ours.oci.tar"])
  console.log(`${name}: ${(fs.statSync(at(name)).size / 1e6).toFixed(1)} MB`);
change();
const said = execFileSync(rung, ["image", "--quiet", "--json", "-o", at("layout")], {
  cwd: at("project"),
  env: withCache,
});
const { layers } = JSON.parse(said.toString()) as {
  layers: { what: string; bytes: number; reused: boolean }[];
};
for (const { what, bytes } of layers.filter(({ reused }) => !reused))
  console.log(`new: ${what}, ${bytes} bytes`);
