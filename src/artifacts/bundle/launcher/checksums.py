"""Compares what lies in the folder with SHA256SUMS (the format of sha256sum) and LINKS."""

import hashlib
import os

# What comes about by use.
MADE = (b"env",)
PIECE = 1 << 20


def verify(top, say):
    """Names each file that differs, is missing or is extra; 0 where there is none, else 1."""
    root = os.fsencode(top)
    sums = read_sums(root)
    links = read_links(root)
    found = dict(files_below(root))
    faults = []
    for name in sorted(set(sums) | set(links) | set(found)):
        fault = fault_of(root, name, sums.get(name), links.get(name), found.get(name))
        if fault is not None:
            faults.append(name)
            say("%s: %s" % (fault, os.fsdecode(name)))
    if faults:
        say("not as they were packed: %d (of %d files and links in the pack)" % (len(faults), len(sums) + len(links)))
        return 1
    say("as they were packed: all %d files and links" % (len(sums) + len(links)))
    return 0


def fault_of(root, name, digest, link, kind):
    if name == b"SHA256SUMS":
        return None
    if digest is None and link is None:
        return "extra"
    if kind is None:
        return "missing"
    if link is not None:
        return None if kind == "link" and os.readlink(os.path.join(root, name)) == link else "differs"
    return None if kind == "file" and digest_of(os.path.join(root, name)) == digest else "differs"


def digest_of(path):
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest().encode("ascii")


def read_sums(root):
    sums = {}
    with open(os.path.join(root, b"SHA256SUMS"), "rb") as file:
        for line in file.read().split(b"\n"):
            if line == b"":
                continue
            escaped = line.startswith(b"\\")
            digest, name = line[escaped:].split(b"  ", 1)
            sums[unescaped(name) if escaped else name] = digest
    return sums


def read_links(root):
    """A line for each symbolic link: its name, a tab, its target, both escaped as in SHA256SUMS, tabs as well."""
    links = {}
    try:
        with open(os.path.join(root, b"LINKS"), "rb") as file:
            text = file.read()
    except FileNotFoundError:
        return links
    for line in text.split(b"\n"):
        if line != b"":
            name, target = line.split(b"\t", 1)
            links[unescaped(name)] = unescaped(target)
    return links


def unescaped(name):
    for short, meant in ((b"\\\\", b"\0"), (b"\\n", b"\n"), (b"\\r", b"\r"), (b"\\t", b"\t"), (b"\0", b"\\")):
        name = name.replace(short, meant)
    return name


def files_below(root):
    for folder, folders, files in os.walk(root):
        here = b"" if folder == root else os.path.relpath(folder, root) + b"/"
        if here == b"":
            folders[:] = [name for name in folders if name not in MADE and not name.startswith((b".env-", b".old-"))]
        for name in folders:
            if os.path.islink(os.path.join(folder, name)):
                yield here + name, "link"
        folders[:] = [name for name in folders if name != b"__pycache__"]
        for name in files:
            path = os.path.join(folder, name)
            yield here + name, "link" if os.path.islink(path) else "file"
