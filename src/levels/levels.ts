import type { Level } from "./define.ts";
import { repeatable } from "./level-0-repeatable.ts";
import { guided } from "./level-1-guided.ts";
import { anyone } from "./level-2-anyone.ts";
import { locked } from "./level-3-locked.ts";
import { packed } from "./level-4-packed.ts";
import { contained } from "./level-5-contained.ts";

/** The ladder, from the ground up. */
export const levels: readonly Level[] = [repeatable, guided, anyone, locked, packed, contained];
