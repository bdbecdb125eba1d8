import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { dockerRegistry, hasRegistry } from "../../src/artifacts/image/registry/sample-registry.ts";
import { projectWith, rung } from "../support/cli.ts";

const files = { "main.py": 'print("hello")\n', "requirements.txt": "six==1.16.0\n" };

describe.skipIf(!hasRegistry)(
  "a registry (install the package docker-registry where this is skipped)",
  () => {
    test("takes the project's image, a second one's new layers alone, and serves as a base", async () => {
      using project = projectWith(files);
      await using registry = await dockerRegistry(path.dirname(project.root));
      const name = `${registry.host}/lab/paper`;
      const env = { REGISTRY_AUTH_FILE: path.join(project.root, "none.json") };
      const json = (...words: readonly string[]): Record<string, unknown> => {
        const said = rung([...words, "--json", "--quiet"], { cwd: project.root, env });
        expect(said, said.stderr).toMatchObject({ code: 0 });
        return JSON.parse(said.stdout) as Record<string, unknown>;
      };
      expect(rung(["lock", "--quiet"], { cwd: project.root }).code).toBe(0);
      const first = json("image", "push", `${name}:1`);
      expect(first["pinned"]).toBe(`${name}@${String(first["digest"])}`);
      const again = rung(["image", "push", `${name}:1`, "--quiet"], { cwd: project.root, env });
      expect(again.stdout).toContain("leads there already, nothing was sent");
      fs.appendFileSync(path.join(project.root, "main.py"), "# another line\n");
      const second = json("image", "push", `${name}:2`);
      expect(second["bytes"]).toBeLessThan(100_000);

      const pulled = json("image", "pull", `${name}:2`, "-o", "pulled");
      expect(pulled).toMatchObject({
        digest: second["digest"],
        pinned: `${name}@${String(second["digest"])}`,
      });
      const upon = json("image", "--base", `${name}:1`, "-o", "upon.oci.tar");
      expect(upon["digest"]).toMatch(/^sha256:/u);
      const same = rung(["image", "diff", "pulled", "pulled"], { cwd: project.root });
      expect(same.code).toBe(0);
    });

    test("says what is missing, with what to do", async () => {
      using project = projectWith(files);
      await using registry = await dockerRegistry(path.dirname(project.root), { auth: true });
      const env = { REGISTRY_AUTH_FILE: path.join(project.root, "none.json") };
      const pull = rung(["image", "pull", `${registry.host}/lab/paper`, "-o", "x", "--quiet"], {
        cwd: project.root,
        env,
      });
      expect(pull).toMatchObject({ code: 5, stdout: "" });
      expect(pull.stderr).toContain("wants credentials to pull from lab/paper, and none are known");
      expect(pull.stderr).toContain(`hint: Log in: docker login ${registry.host}`);
      expect(rung(["image", "pull", "Lab", "-o", "x"], { cwd: project.root }).code).toBe(2);
      expect(rung(["image", "pull", "lab"], { cwd: project.root }).code).toBe(2);
      expect(fs.existsSync(path.join(project.root, "x"))).toBe(false);
    });
  },
);
