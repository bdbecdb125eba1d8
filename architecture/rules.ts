import { layers } from "./layers.ts";

interface ImportPattern {
  /** In the syntax of .gitignore: what is refused, then what is allowed all the same. */
  readonly group: readonly string[];
  readonly message: string;
}

/** What the files of one room may not import: higher rooms at all, and lower ones past their doors. */
export interface RoomRule {
  readonly files: readonly string[];
  readonly patterns: readonly ImportPattern[];
}

/** Where an import of a room can start from: beside it, or up to four folders down. */
const ways = ["../", "../../", "../../../", "../../../../"];

/** The lint rules that follow from the layer table, one set per room, and one for what stands outside src/. */
export function roomRules(): readonly RoomRule[] {
  const inside = layers.map(({ room }, index) => ({
    files: [`src/${room}/**`],
    patterns: layers
      .map((other, place) => {
        if (place < index) return byTheDoor(other.room, ways, other.doors);
        return {
          group: ways.map((way) => `${way}${other.room}/**`),
          message: `${room} may not import ${other.room}, a higher layer.`,
        };
      })
      .filter((_, place) => place !== index),
  }));
  const outside = {
    files: ["scripts/**", "bench/**"],
    patterns: layers.map(({ room, doors }) => byTheDoor(room, ["../src/", "../../src/"], doors)),
  };
  return [...inside, outside];
}

function byTheDoor(
  room: string,
  from: readonly string[],
  doors: readonly string[] = ["index.ts"],
): ImportPattern {
  return {
    group: [
      ...from.map((way) => `${way}${room}/**`),
      ...from.flatMap((way) => doors.map((door) => `!${way}${room}/${door}`)),
    ],
    message: `Import ${room} by its door.`,
  };
}
