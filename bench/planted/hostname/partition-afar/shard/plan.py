import zlib

from shard.node import node_name


def own_part(files):
    """The files that this node works on."""
    key = zlib.crc32(node_name().encode())
    return [file for file in files if (zlib.crc32(file.encode()) ^ key) % 3 == 0]
