import type { Entry, ZipFile } from "yauzl";

/** The entries one by one: the next is read when the one before has been dealt with. */
export async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (act: () => void): void => {
        zip.removeListener("entry", onEntry);
        zip.removeListener("end", onEnd);
        zip.removeListener("error", onError);
        act();
      };
      const onEntry = (found: Entry): void => settle(() => resolve(found));
      const onEnd = (): void => settle(() => resolve(null));
      const onError = (error: Error): void => settle(() => reject(error));
      zip.on("entry", onEntry).on("end", onEnd).on("error", onError);
      zip.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}
