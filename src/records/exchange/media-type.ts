import { posix } from "node:path";

/** Media types of what projects read and write, by extension: IANA's where it has one, else what the format calls itself. */
const types: Readonly<Record<string, string>> = {
  bmp: "image/bmp",
  csv: "text/csv",
  gif: "image/gif",
  gz: "application/gzip",
  h5: "application/x-hdf5",
  hdf5: "application/x-hdf5",
  html: "text/html",
  ipynb: "application/x-ipynb+json",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  log: "text/plain",
  md: "text/markdown",
  nc: "application/x-netcdf",
  npy: "application/x-npy",
  npz: "application/x-npz",
  parquet: "application/vnd.apache.parquet",
  pdf: "application/pdf",
  pickle: "application/x-python-pickle",
  pkl: "application/x-python-pickle",
  png: "image/png",
  py: "text/x-python",
  sqlite: "application/vnd.sqlite3",
  svg: "image/svg+xml",
  tif: "image/tiff",
  tiff: "image/tiff",
  toml: "application/toml",
  tsv: "text/tab-separated-values",
  txt: "text/plain",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xml: "application/xml",
  yaml: "application/yaml",
  yml: "application/yaml",
  zip: "application/zip",
};

/** The media type that a file's name tells; that of any bytes where it tells none. */
export function mediaType(path: string): string {
  const extension = posix.extname(path).slice(1).toLowerCase();
  return Object.hasOwn(types, extension)
    ? (types[extension] ?? "application/octet-stream")
    : "application/octet-stream";
}
