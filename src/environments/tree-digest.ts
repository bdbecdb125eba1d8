import { listTree, sha256 } from "../system/index.ts";

const notCode = /(?:^|\/)(?:\.git|\.rung|\.?venv|env|node_modules|__pycache__)$/u;

/** Stands for the content of the tree by names, sizes and times: code in it may be part of what is installed. */
export function treeDigest(root: string): string {
  const { entries } = listTree(root, (folder) => notCode.test(folder));
  return sha256(JSON.stringify(entries.map(({ path, size, mtimeMs }) => [path, size, mtimeMs])));
}
