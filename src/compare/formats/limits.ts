/** Bytes that a container may unpack to; beyond that it is compared as it is. */
export const largestUnpacked = 256 * 1024 * 1024;
