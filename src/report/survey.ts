/** The third door: what a survey found, for people and for spreadsheets. Loads the libraries that draw tables and write CSV. */
export { renderSurveyCsv } from "./survey-csv.ts";
export { renderSurvey } from "./survey-table.ts";
