/** The project that packs and images of the benches are made of: NumPy, pandas, scikit-learn and a short program. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { checkout, commitAll } from "../time.ts";

export const rung = path.join(checkout, "rung");

const program = `import numpy as np, pandas as pd
from sklearn.linear_model import LinearRegression
x = np.arange(100.0).reshape(-1, 1)
fit = LinearRegression().fit(x, 3 * x[:, 0] + 1)
pd.DataFrame({"slope": fit.coef_.round(6)}).to_csv("slope.csv", index=False)
print("slope", round(float(fit.coef_[0]), 6))
`;

/** Makes it in a new folder, locked and under Git; `dataMegabytes` of data that does not compress lie beside. */
export function sampleProject(root: string, dataMegabytes = 0): void {
  fs.mkdirSync(root);
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(root, name), text);
  write("requirements.txt", "numpy\npandas\nscikit-learn\n");
  write(".python-version", "3.11\n");
  write("rung.toml", '[commands.fit]\nrun = "python main.py"\noutputs = ["slope.csv"]\n');
  write("main.py", program);
  if (dataMegabytes > 0) {
    execFileSync("sh", [
      "-c",
      `head -c ${dataMegabytes}000000 /dev/urandom > "$0"`,
      path.join(root, "data.bin"),
    ]);
  }
  execFileSync(rung, ["lock", "--quiet"], { cwd: root, stdio: "ignore" });
  commitAll(root);
}

/** A change of one line that no round made before. */
export function changeOneLine(root: string): void {
  const file = path.join(root, "main.py");
  const kept = fs.readFileSync(file, "utf8").replace(/^# .*\n/mu, "");
  fs.writeFileSync(file, `# ${process.hrtime.bigint()}\n${kept}`);
}
