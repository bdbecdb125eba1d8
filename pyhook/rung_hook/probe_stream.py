"""Where a thread's values go: one file for each thread of each process, written through memory so that nothing is lost
when the process is killed.

A record is: site (24 bits), form of the payload (4 bits), part (4 bits); length of the payload (32 bits); digest (64
bits); the payload. A site of 0 ends the file. Little-endian.
"""

import mmap
import os
import struct
import sys
import threading
import zlib

FORM_NONE, FORM_MARSHAL, FORM_PICKLE, FORM_ORDER, FORM_TEXT, FORM_ARRAY = 0, 1, 2, 3, 4, 5
# Part 0 is the value, 1 to 13 an object that the call may have changed, 14 the start of a loop, 15 one of its items.
PART_LOOP, PART_ITEM = 14, 15
# What is recorded after this came after a fork.
FORK_SITE = 0xFFFFFF
# From here on not every value of the site named by the digest is recorded, nor given back.
LIMIT_SITE = 0xFFFFFE
HEADER = struct.Struct("<IIQ")
# The most records of a thread, and of one place in it; of one with more, only the 2^n-th are looked at from there.
RECORD_LIMIT = 4000000
SITE_LIMIT = 400000
PAYLOAD_LIMIT = 128 << 20
FIRST_SIZE = 1 << 16
STEP = 16 << 20


class Stream:
    """The records of one thread, in order, up to a bound."""

    def __init__(self, path):
        self.path = path
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o644)
        self.size = FIRST_SIZE
        os.ftruncate(self.file, self.size)
        self.map = mmap.mmap(self.file, self.size)
        self.pos = 0
        self.left = RECORD_LIMIT
        self.payload_left = PAYLOAD_LIMIT
        self.busy = False
        # What digests at a site have cost, and how often it was reached since that was too much.
        self.cost = {}
        self.hits = {}
        self.counts = {}

    def write(self, site, part, digest, form, payload):
        if self.left <= 0:
            return
        self.left -= 1
        size = len(payload)
        end = self.pos + 16 + size
        if end > self.size - 16:
            self.grow(end)
        self.map[self.pos : end] = HEADER.pack(site | form << 24 | part << 28, size, digest) + payload
        self.pos = end

    def grow(self, needed):
        size = self.size
        while size - 16 < needed:
            size += min(size, STEP)
        self.map.close()
        os.ftruncate(self.file, size)
        self.map = mmap.mmap(self.file, size)
        self.size = size


class Streams:
    """The streams of this process, by thread. Names tell the way from the first process to this one, not its number."""

    def __init__(self, folder):
        self.folder = folder
        self.forks = 0
        self.name = None
        self.here = threading.local()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self.before_fork, after_in_child=self.after_fork)

    def current(self):
        try:
            return self.here.stream
        except AttributeError:
            stream = self.here.stream = self.open()
            return stream

    def open(self):
        if self.name is None:
            self.name = self.claim(os.environ.get("RUNG_PROBE_PARENT", "") + program_name())
            os.environ["RUNG_PROBE_PARENT"] = self.name + "."
        thread = threading._active.get(threading.get_ident())
        name = "main" if thread is None or thread is threading.main_thread() else thread.name
        base = os.path.join(self.folder, self.name + "~" + safe_name(name))
        for count in range(10000):
            try:
                return Stream(base if count == 0 else "%s~%d" % (base, count))
            except FileExistsError:
                continue
        raise OSError("too many threads of one name")

    def claim(self, wanted):
        """The first free name: processes of one kind are counted."""
        for count in range(1000000):
            name = "%s-%d" % (wanted[-180:], count)
            try:
                os.close(os.open(os.path.join(self.folder, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
                return name
            except FileExistsError:
                continue
        raise OSError("too many processes")

    def before_fork(self):
        self.forks += 1
        stream = self.current()
        if not stream.busy:
            stream.write(FORK_SITE, 0, self.forks, FORM_NONE, b"")

    def after_fork(self):
        parent = self.name
        # The same object: the probes hold it.
        self.here.__dict__.clear()
        self.name = self.claim("%s.f%d" % (parent, self.forks))
        self.forks = 0
        os.environ["RUNG_PROBE_PARENT"] = self.name + "."


def program_name():
    """The command line without what changes from run to run: folders and numbers."""
    words = getattr(sys, "orig_argv", None) or getattr(sys, "argv", None) or ["python"]
    # A kernel or a spawned child has its own options; the interpreter's name says nothing.
    plain = ["".join("0" if c.isdigit() else c for c in os.path.basename(word)) for word in words[1:]]
    first = next((word for word in plain if word and not word.startswith("-")), "python")
    return "%s-%08x" % (safe_name(first)[:40], zlib.crc32("\0".join(plain).encode("utf-8", "replace")))


def safe_name(text):
    return "".join(c if c.isalnum() and c.isascii() else "_" for c in text)[:80]
