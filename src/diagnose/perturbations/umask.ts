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
    const others = [0o077, 0o002, 0o022].filter((mask) => mask !== machine.umask);
    return { umask: others[choice - 1] ?? 0o027 };
  },
});
