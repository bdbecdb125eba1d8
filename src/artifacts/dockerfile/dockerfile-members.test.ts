import { expect, test } from "vitest";
import { dockerfileFindings } from "../../practices/index.ts";
import { readManifests } from "../../manifests/index.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { bytesMember } from "../bundle/launcher-part.ts";
import { dockerfileMembers } from "./dockerfile-members.ts";

const runtime = [
  "lib/ld-linux-x86-64.so.2",
  "lib/python3.11/os.py",
  "libexec/python3.11",
  "libexec/sh",
  "bin/python3.11",
  "version",
];
const part = (id: string, ...paths: readonly string[]) => ({
  id,
  what: `the ${id}`,
  members: paths.map((path) => bytesMember(path, Buffer.from(path))),
});

function bundleWith(changes: Partial<Bundle["manifest"]>, files = runtime): Bundle {
  const manifest = {
    schemaVersion: 1,
    name: "My_Paper",
    platform: "linux-x86_64",
    python: {
      version: "3.11.7",
      implementation: "cpython",
      origin: "closure",
      starter: "runtime/bin/python3.11",
    },
    commands: [],
    defaultCommand: "make all",
    variables: [],
    wheels: [],
    tools: null,
    environment: "",
    ...changes,
  } as const;
  const parts = [
    part("runtime", ...files.map((path) => `runtime/${path}`)),
    {
      id: "wheels",
      what: "0 locked packages",
      members: [{ path: "wheels", kind: "directory", mode: 0o755, content: null } as const],
    },
    part("launcher", "run", "bundle.json", "runtime/launcher/__main__.py"),
    part("project", "project/main.py", "project/deep/file"),
  ];
  return { manifest, platform: "linux-x86_64", packages: [], parts, findings: [] };
}

const files = (bundle: Bundle) =>
  new Map(
    dockerfileMembers(bundle).map(({ path, content }) => [
      path,
      content !== null && "bytes" in content ? content.bytes.toString("utf8") : "",
    ]),
  );

test("the image is copied together by part, what changes least first, and nothing of it is left out", () => {
  const text = files(bundleWith({})).get("Dockerfile") ?? "";
  const final = text.slice(text.lastIndexOf("\nFROM scratch\n")).split("\n");
  expect(final.filter((line) => !line.startsWith("#") && line !== "")).toEqual([
    "FROM scratch",
    "COPY --from=made /rootfs/ /",
    "COPY --from=made --chown=65532:65532 /rootfs/out/ /out/",
    "COPY runtime/bin/ /app/runtime/bin/",
    "COPY runtime/lib/ /app/runtime/lib/",
    "COPY runtime/libexec/ /app/runtime/libexec/",
    "COPY runtime/version /app/runtime/",
    "COPY --from=made /app/env/ /app/env/",
    "COPY bundle.json /app/",
    "COPY run /app/",
    "COPY runtime/launcher/ /app/runtime/launcher/",
    "COPY project/ /app/project/",
    'ENV PATH="/usr/local/bin:/usr/bin:/bin" \\',
    '    LANG="C.UTF-8"',
    'LABEL org.opencontainers.image.created="1980-01-01T00:00:00Z" \\',
    '      org.opencontainers.image.title="My_Paper"',
    "USER 65532:65532",
    "WORKDIR /out",
    'VOLUME ["/out"]',
    'ENTRYPOINT ["/app/run", "--out", "/out"]',
    'CMD ["make all"]',
  ]);
  expect(text).toContain("podman build --network none -t my-paper .");
});

test("what Rung says of Dockerfiles, it does not have to say of its own", () => {
  const text = files(bundleWith({})).get("Dockerfile") ?? "";
  const manifests = readManifests(["Dockerfile"], () => text);
  const context = { secretFile: () => null, versions: new Map() };
  expect(dockerfileFindings({ manifests }, () => text, context)).toEqual([]);
});

test("without a default command none is named", () => {
  expect(files(bundleWith({ defaultCommand: null })).get("Dockerfile")).not.toContain("CMD");
});

test.each([
  ["a platform without containers", bundleWith({ platform: "macos-arm64" })],
  [
    "a pack without a shell",
    bundleWith(
      {},
      runtime.filter((path) => path !== "libexec/sh"),
    ),
  ],
  [
    "a pack without a loader",
    bundleWith(
      {},
      runtime.filter((path) => !path.startsWith("lib/ld-")),
    ),
  ],
])("%s gets none", (_, bundle) => {
  expect(dockerfileMembers(bundle)).toEqual([]);
});
