import { cyclonedx } from "./cyclonedx.ts";
import { environment } from "./environment.ts";
import type { ExportFormat } from "./export-format.ts";
import { pylock } from "./pylock.ts";
import { requirements } from "./requirements.ts";

export const exportFormats: readonly ExportFormat[] = [requirements, environment, cyclonedx, pylock];
