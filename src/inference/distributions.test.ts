import { expect, test } from "vitest";
import { distributionCandidates, matchModule, sourceOfMapping } from "./distributions.ts";

test("names the distributions of a module", () => {
  expect(distributionCandidates("sklearn.linear_model")).toEqual(["scikit-learn"]);
  expect(distributionCandidates("cv2")[0]).toBe("opencv-python");
  expect(distributionCandidates("google.cloud.storage.blob")).toEqual(["google-cloud-storage"]);
  expect(distributionCandidates("mpl_toolkits.mplot3d")).toEqual(["matplotlib"]);
  expect(distributionCandidates("My_Module.part")).toEqual(["my-module"]);
});

test("says what the table does not know, and what several distributions bring", () => {
  expect(matchModule("numpy.linalg")).toMatchObject({ module: "numpy", known: "table", isAmbiguous: false });
  expect(matchModule("my_own.part")).toMatchObject({ module: "my_own", known: "same-name" });
  expect(matchModule("cv2")).toMatchObject({ isAmbiguous: true });
  expect(matchModule("Crypto.Cipher")).toMatchObject({ isAmbiguous: false, module: "Crypto" });
  expect(matchModule("Crypto.Cipher").candidates).toEqual(["pycryptodome", "pycrypto"]);
});

test("the table loads in a moment", () => {
  const before = performance.now();
  matchModule("numpy");
  expect(performance.now() - before).toBeLessThan(50);
});

test("each mapping says how it is known", () => {
  expect(sourceOfMapping("yaml", "pyyaml")).toMatch(
    /^by the shipped table \(read from wheel [\d.]+, \d{4}-\d\d-\d\d\)$/u,
  );
  expect(sourceOfMapping("pkg_resources", "setuptools")).toBe("by the shipped table (written by hand)");
  expect(sourceOfMapping("weather", "python-weather")).toBe("by its name");
});
