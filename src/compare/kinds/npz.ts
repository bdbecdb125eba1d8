import { defineComparator } from "../comparator.ts";
import { compareMembers } from "../container.ts";
import { readZip } from "../formats/zip.ts";

/** NumPy's .npz: member by member, in their order, which np.load shows. Times and compression of the zip are layout. */
export const npz = defineComparator({
  id: "npz",
  matches: (path, head) => /\.npz$/iu.test(path) && head[0] === 0x50 && head[1] === 0x4b,
  compare: async (before, after, options) => {
    const [one, other] = [await readZip(before), await readZip(after)];
    return one === null || other === null ? null : compareMembers(one, other, "zip-container", options);
  },
});
