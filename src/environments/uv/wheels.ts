/** The uv that Rung fetches where the machine has none that serves, and the oldest that serves. */
export const uvVersion = "0.13.9";
export const oldestUv = "0.8.4";

interface UvWheel {
  readonly platform: string;
  readonly filename: string;
  readonly sha256: string;
}

const wheel = (platform: string, tag: string, sha256: string): UvWheel => ({
  platform,
  filename: `uv-${uvVersion}-py3-none-${tag}.whl`,
  sha256,
});

/** One wheel a platform, with the sha256 that PyPI states for it. To move to another version, change all lines here. */
export const uvWheels: readonly UvWheel[] = [
  wheel(
    "linux-x64-gnu",
    "manylinux_2_17_x86_64.manylinux2014_x86_64",
    "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
  ),
  wheel(
    "linux-x64-musl",
    "musllinux_1_1_x86_64",
    "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
  ),
  wheel(
    "linux-arm64-gnu",
    "manylinux_2_28_aarch64",
    "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
  ),
  wheel(
    "linux-arm64-musl",
    "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
    "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
  ),
  wheel(
    "darwin-x64",
    "macosx_10_12_x86_64",
    "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
  ),
  wheel(
    "darwin-arm64",
    "macosx_11_0_arm64",
    "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
  ),
  wheel("win32-x64", "win_amd64", "6a44b2ed8111d2f60d2b92627c5dccda3f7ed7570b18ce115e569cd68c28246b"),
  wheel("win32-arm64", "win_arm64", "eeb92051c2123b9730c46b04cc843cfa4bc7d7b0aec56df431a2215ef4cb0273"),
];

/** The name of the platform that we run on, in the terms of the table. */
export function thisPlatform(): string {
  const base = `${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return base;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return `${base}-${report.header?.glibcVersionRuntime === undefined ? "musl" : "gnu"}`;
}
