import { lookUp, openRead } from "../../../system/index.ts";
import { readElf, type Elf } from "./elf.ts";

/** What an ELF file says of itself; null where there is none, or it is something else. */
export function elfOfFile(path: string): Elf | null {
  if (lookUp(path)?.isFile !== true) return null;
  using file = openRead(path);
  return readElf(file);
}
