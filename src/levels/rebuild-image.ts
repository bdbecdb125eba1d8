/** Run as a program of its own by the proof of level 5: makes the image of the project in the folder given, and prints its
 *  digest as the last line. Everything around it (clock, zone, locale, umask, home) is the caller's to change. */
import { imageProject } from "./image.ts";

const [directory = ".", output = "", tag = "", layers = ""] = process.argv.slice(2);
const image = await imageProject(directory, {
  platform: null,
  output,
  tag,
  base: null,
  layers,
  load: [],
  documents: false,
  toolVersion: "",
  allowBuilds: false,
  progress: () => {},
});
process.stdout.write(`${image.digest ?? "none"}\n`);
