import { definePerturbation } from "./perturbation.ts";

export const umask = definePerturbation({
  id: "umask",
  kind: "umask",
  title: "the permissions of new files (umask)",
  varies: "elsewhere",
  fixed: "the umask fixed",
  freed: "the umask changed",
  choices: 2,
  apply(choice, { machine }) {
    if (choice === 0) return { umask: machine.umask };
    // At the first choice files of an earlier run may be there, which keep their permissions: the second does as much.
    const [first, second] = machine.umask === 0o077 ? [0o022, 0o027] : [0o077, 0o076];
    return { umask: choice === 1 ? first : second };
  },
});
