/** Takes one short line on what is being done now, such as "installing 12 packages". */
export type Progress = (message: string) => void;
