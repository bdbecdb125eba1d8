import { assert, asyncProperty, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { modulesOnIndex } from "./modules-on-index.ts";
import { indexWith, wheelWith } from "./sample-index.ts";
import { wheelFiles } from "./wheel-files.ts";

const many = Array.from({ length: 3000 }, (_, index) => `deep/nested/package_of_it/module_${index}.py`);

test("a release's modules come from the end of its wheel, whose content is not fetched", async () => {
  const index = await indexWith({
    "big-1.0-py3-none-any.whl": await wheelWith(["PIL/__init__.py", "big-1.0.dist-info/RECORD"], 200_000),
    "long-2.0-py3-none-any.whl": await wheelWith(["deep/__init__.py", ...many]),
  });
  expect(await modulesOnIndex({ name: "big", version: "1" }, [index.url])).toMatchObject({
    modules: ["PIL"],
  });
  expect(await modulesOnIndex({ name: "long", version: "2.0" }, [index.url])).toMatchObject({
    modules: ["deep"],
  });
  expect(index.asked[1]).toBe("big-1.0-py3-none-any.whl bytes=-65536");
  expect(index.asked[4]).toMatch(/^long-2.0-py3-none-any.whl bytes=-\d+$/u);
});

test("a release that has no wheel, or none of that version, and an unknown name tell nothing", async () => {
  const index = await indexWith({
    "only-1.0.tar.gz": Buffer.from("x"),
    "other-2.0-py3-none-any.whl": await wheelWith(["a.py"]),
  });
  for (const name of ["only", "other", "nowhere"])
    expect(await modulesOnIndex({ name, version: "1.0" }, [index.url])).toBe(null);
});

test("a server that gives no ranges is not asked for the whole of a large wheel", async () => {
  const wheel = await wheelWith(["a/__init__.py"], 100_000);
  const index = await indexWith({ "a-1.0-py3-none-any.whl": wheel }, { ranges: false });
  expect(await modulesOnIndex({ name: "a", version: "1.0" }, [index.url])).toBe(null);
});

test("what is no zip, or lies about its directory, is null and never an error", async () => {
  const wheel = await wheelWith(["a/__init__.py", "b.py"]);
  await assert(
    asyncProperty(uint8Array({ maxLength: 40 }), async (bytes) => {
      const at = bytes.length % wheel.length;
      const bent = Buffer.concat([wheel.subarray(0, wheel.length - at), Buffer.from(bytes)]);
      const files = { "bent.whl": bent, "none.whl": Buffer.from([1, ...bytes]) };
      const { url } = await indexWith(files);
      for (const name of Object.keys(files)) {
        const found = await wheelFiles(url.replace("/simple", `/files/${name}`));
        expect(found === null || Array.isArray(found)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
