import type { SurveyVerb } from "../model/index.ts";

/** What one child of a survey is asked to do: plain data, read from a file. */
export interface SurveyJob {
  /** How the survey names the project. */
  readonly project: string;
  /** Absolute path. */
  readonly directory: string;
  readonly verb: SurveyVerb;
  /** Shell lines and notebooks as "nb:PATH"; null where the project's own are taken. */
  readonly entries: readonly string[] | null;
  readonly options: SurveyOptions;
  /** Where finished results are kept, and whether they are looked up there. */
  readonly stateDirectory: string;
  readonly fresh: boolean;
  /** Rung's own version: what another one found says nothing of this one. */
  readonly version: string;
  /** The file that takes what is known so far, and in the end the result. */
  readonly resultFile: string;
}

export interface SurveyOptions {
  /** The date (ISO 8601) that counts in the place of the projects' own; null: their own. */
  readonly asOf: string | null;
  /** How often a revival mends and runs again, at most; null: its usual bound. */
  readonly rounds: number | null;
  readonly allowBuilds: boolean;
  /** With revive: run each entry a second time, and compare. */
  readonly repeat: boolean;
  /** The highest level that prove goes to. */
  readonly upTo: number;
  /** Seconds for one entry. */
  readonly entrySeconds: number;
}
