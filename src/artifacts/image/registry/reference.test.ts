import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ToolError } from "../../../model/index.ts";
import { addressesOf } from "./addresses.ts";
import { parseReference, referenceText } from "./reference.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["debian", "docker.io/library/debian:latest"],
  ["debian:bookworm-slim", "docker.io/library/debian:bookworm-slim"],
  ["lab/paper", "docker.io/lab/paper:latest"],
  ["index.docker.io/debian", "docker.io/library/debian:latest"],
  ["docker://ghcr.io/lab/paper:1.0", "ghcr.io/lab/paper:1.0"],
  ["localhost/paper", "localhost/paper:latest"],
  ["localhost:5000/lab/a__b/c-d:V1", "localhost:5000/lab/a__b/c-d:V1"],
  ["localhost:5000", "docker.io/library/localhost:5000"],
  ["[::1]:5000/paper", "[::1]:5000/paper:latest"],
  ["REGISTRY/paper", "REGISTRY/paper:latest"],
  [`paper@${digest}`, `docker.io/library/paper@${digest}`],
  [`ghcr.io/lab/paper:1.0@${digest}`, `ghcr.io/lab/paper:1.0@${digest}`],
])("%s is %s", (text, whole) => {
  expect(referenceText(parseReference(text))).toBe(whole);
  expect(referenceText(parseReference(whole))).toBe(whole);
});

test.each([
  "",
  "Paper",
  "lab//paper",
  "/paper",
  "paper/",
  "pa per",
  "paper:",
  "paper:-x",
  "paper@sha256:12",
  "paper@",
  "a..b",
  "..",
  "../../etc",
  "ho st.de/x",
  "-x.de/p",
  "x.de:port/p",
  "ghcr.io/",
  `x/${"a".repeat(300)}`,
  "a-",
  "https://ghcr.io/lab/paper",
])("%j is none", (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: "USAGE" }));
});

test("any text is a reference that reads the same again, or a fault of usage", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9.:/@_-]{0,60}$/u)), (text) => {
      try {
        const reference = parseReference(text);
        expect(parseReference(referenceText(reference))).toEqual(reference);
      } catch (error) {
        expect(error).toBeInstanceOf(ToolError);
      }
    }),
  );
});

describe("addresses", () => {
  const of = (host: string, plainHttp = false): ReturnType<typeof addressesOf> =>
    addressesOf({ host, repository: "lab/paper" }, plainHttp);

  test("are http on this machine alone, or where that is asked for", () => {
    expect(of("ghcr.io").of("manifests/1")).toBe("https://ghcr.io/v2/lab/paper/manifests/1");
    expect(of("docker.io").origin).toBe("https://registry-1.docker.io");
    expect(
      ["localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000"].map((host) =>
        of(host).origin.slice(0, 5),
      ),
    ).toEqual(Array(4).fill("http:"));
    expect(
      ["localhost.example.org", "127.0.0.1.example.org", "10.0.0.1:5000"].map((host) =>
        of(host).origin.slice(0, 6),
      ),
    ).toEqual(Array(3).fill("https:"));
    expect(of("10.0.0.1:5000", true).origin).toBe("http://10.0.0.1:5000");
  });

  test("never lead from https to http", () => {
    const from = "https://ghcr.io/v2/lab/paper/blobs/x";
    expect(of("ghcr.io").follow(from, "/elsewhere")).toBe("https://ghcr.io/elsewhere");
    expect(of("ghcr.io").follow(from, "https://me:word@cdn.example.org/x?y=1")).toBe(
      "https://cdn.example.org/x?y=1",
    );
    for (const host of ["cdn.example.org", "localhost"])
      expect(() => of("ghcr.io", true).follow(from, `http://${host}/x`)).toThrow(/without encryption/u);
  });
});
