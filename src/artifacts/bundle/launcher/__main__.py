"""What `run` starts, on the packed Python: runs the bundle's commands, lists them, checks the bundle, makes its environment.

The standard library alone, Python 3.6 and later. The launcher never writes beside its own code.
"""

import os
import sys

from arguments import Usage, read_arguments
from bundle import Bundle, Fault

HELP = """\
usage: ./run [--out DIR] [--only] [--executed FILE] [NAME [ARGUMENTS...]]
       ./run --list | --verify | --install | --apply | --help

Runs the command NAME of this bundle, and before it the commands that it needs, with nothing of this machine but its
kernel and /bin/sh: Python, packages and programs are those in this folder. No network and no root are needed.

  --out DIR   run in a copy of the project made in DIR, which then holds the outputs; needed where this folder is
              read-only, and keeps project/ as it is
  --only      without the commands that NAME needs: what they leave is there already
  --executed FILE
              write the executed notebook to FILE rather than in its own place
  --list      one command a line, its name first
  --verify    compare every file with SHA256SUMS; names those that differ, are missing or are extra (exit code 1)
  --install   make the environment now rather than on first use (--compile: with compiled code beside the sources)
  --apply     finish a delta that was unpacked over this folder: remove what it removes, then verify

The environment is kept in env/ where this folder can be written to, else in RUNG_PACK_CACHE, XDG_CACHE_HOME, ~/.cache or
the temporary folder. The exit code is that of the command; 2 for a wrong call, 125 where the bundle itself fails.
"""


def main(words):
    top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    options = read_arguments(words)
    if options.action == "help":
        sys.stdout.write(HELP)
        return 0
    bundle = Bundle(top)
    if options.action == "list":
        for command in bundle.commands.values():
            say("%s\t%s" % (command["name"], command["run"]))
        return 0
    if options.action == "verify":
        from checksums import verify

        return verify(top, say)
    if options.action == "apply":
        from delta import apply

        return apply(top, say)
    if options.action == "install":
        from environment import ready_environment

        tell("environment: %s" % ready_environment(bundle, tell, compiled=options.compiled).prefix)
        return 0
    from running import run

    return run(bundle, options, tell)


def say(text):
    """A line of result; names that are no UTF-8 keep their bytes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape") + b"\n")
    sys.stdout.buffer.flush()


def tell(text):
    """A line on the side."""
    sys.stderr.flush()
    sys.stderr.buffer.write(b"run: " + text.encode("utf-8", "surrogateescape") + b"\n")
    sys.stderr.buffer.flush()


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except Usage as error:
        tell(str(error))
        code = 2
    except Fault as error:
        tell(str(error))
        code = 125
    except OSError as error:
        tell("%s: %s" % (error.filename or "error", error.strerror or error))
        code = 125
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
