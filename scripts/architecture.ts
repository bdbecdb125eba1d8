/** npm run architecture: writes the layer diagram into ARCHITECTURE.md. */
import fs from "node:fs";
import { withDiagram } from "../architecture/diagram.ts";

fs.writeFileSync("ARCHITECTURE.md", withDiagram(fs.readFileSync("ARCHITECTURE.md", "utf8")));
