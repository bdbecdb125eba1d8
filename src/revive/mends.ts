import type { Mend } from "./mend.ts";
import { importRoot } from "./mends/import-root.ts";
import { missingDisplay } from "./mends/missing-display.ts";
import { missingFolder } from "./mends/missing-folder.ts";
import { missingPackage } from "./mends/missing-package.ts";
import { missingProgram } from "./mends/missing-program.ts";
import { sparePackage } from "./mends/spare-package.ts";
import { textEncoding } from "./mends/text-encoding.ts";
import { wrongEra } from "./mends/wrong-era.ts";
import { wrongFolder } from "./mends/wrong-folder.ts";
import { wrongPython } from "./mends/wrong-python.ts";

/** Every mend, in the order in which they are tried; the first that applies counts. A new one is one file and one line. */
export const mends: readonly Mend[] = [
  missingDisplay,
  textEncoding,
  importRoot,
  wrongEra,
  wrongPython,
  sparePackage,
  missingPackage,
  missingProgram,
  wrongFolder,
  missingFolder,
];
