import { expect, test } from "vitest";
import { withDeclaredHashes } from "./declared-hashes.ts";

const [one, other] = ["a".repeat(64), "b".repeat(64)];

test("a pin has the hashes that the project declares for that version, and no others", () => {
  const declared = `Six==1.16.0 ; python_version > "3" \\\n    --hash=sha256:${one} \\\n    --hash=sha256:${other}\nidna==3.6 --hash=sha256:${one}\n# six==1.16.0 --hash=sha256:${"c".repeat(64)}\n`;
  expect(withDeclaredHashes("six==1.16.0\nidna==3.7\nattrs==1\n", [declared])).toBe(
    `six==1.16.0 --hash=sha256:${one} --hash=sha256:${other}\nidna==3.7\nattrs==1\n`,
  );
});

test("without hashes a resolution stays as it is", () => {
  expect(withDeclaredHashes("six==1.16.0 \n", ["six==1.16.0\n"])).toBe("six==1.16.0 \n");
});
