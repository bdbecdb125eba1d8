"""Stands between a command and our output: passes each byte on as it is, keeps both streams, and notes when each line came.

    relay_output.py FOLDER LINES WORD...

FOLDER gets the files `stdout` and `stderr`; LINES is appended to, a JSON object for each line: t (nanoseconds of the
monotonic clock), s (stdout or stderr), m (the text). Where our own stream is a terminal the command gets a terminal too
(one of its own, of the same size); its input is ours. Python 3.6 to 3.14, the standard library, nothing heavy imported."""

import errno
import os
import select
import signal
import sys
import time

PIECE = 65536
# A line is told of up to this length, and a text without an end is cut into lines of this many bytes.
LONGEST = 8192
MOST_LINES = 200000
# How long what the command left running may go on speaking once it has ended, in seconds.
LINGER = 0.2

if hasattr(time, "monotonic_ns"):
    _now = time.monotonic_ns
else:

    def _now():
        return int(time.monotonic() * 1e9)


try:
    from _json import encode_basestring_ascii as _quoted
except ImportError:
    from json.encoder import encode_basestring_ascii as _quoted


class Stream:
    def __init__(self, name, ours, folder):
        self.name = name
        self.ours = ours
        self.left = b""
        self.kept = os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.theirs, self.source = _terminal(ours) if os.isatty(ours) else reversed(os.pipe())

    def take(self):
        """Passes on what there is; False at the end."""
        try:
            piece = os.read(self.source, PIECE)
        except OSError as fault:
            if fault.errno != errno.EIO:  # what a terminal says when nobody holds its other end
                raise
            piece = b""
        if not piece:
            return False
        try:
            _write_all(self.ours, piece)
        except OSError:  # nobody listens any more: the command learns it as it would without us
            return False
        self._keep(piece)
        lines = (self.left + piece).split(b"\n")
        self.left = lines.pop()
        if len(self.left) > LONGEST:
            lines.append(self.left)
            self.left = b""
        _tell(self.name, lines)
        return True

    def _keep(self, piece):
        try:
            _write_all(self.kept, piece)
        except OSError:  # the disk is full: the command goes on
            pass

    def end(self):
        if self.left:
            _tell(self.name, [self.left])
        self.left = b""
        os.close(self.source)


def _terminal(ours):
    import fcntl
    import termios

    source, theirs = os.openpty()
    try:
        modes = termios.tcgetattr(theirs)
        modes[1] &= ~termios.OPOST  # the real terminal does that
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
        termios.tcsetattr(theirs, termios.TCSANOW, modes)
    except termios.error:
        pass

    def resize(*_):
        try:
            fcntl.ioctl(source, termios.TIOCSWINSZ, fcntl.ioctl(ours, termios.TIOCGWINSZ, b"\0" * 8))
        except OSError:
            pass

    resize()
    _resizes.append(resize)
    return theirs, source


_resizes = []
_lines = -1
_told = 0


def _tell(name, lines):
    global _told
    if _told > MOST_LINES or not lines:
        return
    _told += len(lines)
    moment = _now()
    parts = []
    for line in lines:
        # Of a line that was written over, as a progress bar is, the last state is told.
        shown = line.rstrip(b"\r").rpartition(b"\r")[2][:LONGEST].decode("utf-8", "replace")
        parts.append('{"t":%d,"s":"%s","m":%s}\n' % (moment, name, _quoted(shown)))
    if _told > MOST_LINES:
        parts.append('{"t":%d,"s":"rung","m":"more than %d lines: the rest is not in this log"}\n' % (moment, MOST_LINES))
    try:
        _write_all(_lines, "".join(parts).encode("ascii"))
    except OSError:
        pass


def _write_all(descriptor, data):
    while data:
        try:
            data = data[os.write(descriptor, data) :]
        except BlockingIOError:  # a terminal or pipe that was left non-blocking by another
            select.select([], [descriptor], [])


def _start(words, streams):
    stopped = signal.getsignal(signal.SIGINT)
    child = os.fork()
    if child:
        return child
    try:
        for number, stream in enumerate(streams, 1):
            os.dup2(stream.theirs, number)
        for name in ("SIGPIPE", "SIGXFSZ"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        if stopped is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvp(words[0], words)
    except OSError as fault:
        os.write(2, ("%s: %s\n" % (words[0], fault.strerror)).encode())
    os._exit(127)


def main(folder, lines, words):
    global _lines
    _lines = os.open(lines, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    streams = [Stream("stdout", 1, folder), Stream("stderr", 2, folder)]
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    child = _start(words, streams)
    for stream in streams:
        os.close(stream.theirs)
    # Ctrl-C reaches the command by itself; what is sent to us alone is passed on.
    signal.signal(signal.SIGINT, lambda *_: None)
    for name in ("SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), lambda number, _: os.kill(child, number))
    signal.signal(signal.SIGWINCH, lambda *_: [resize() for resize in _resizes])
    status = _relay(streams, wake, child)
    code = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if code:
        signal.signal(code, signal.SIG_DFL) if code not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), code)
    os._exit(os.WEXITSTATUS(status))


def _relay(streams, wake, child):
    by_source = {stream.source: stream for stream in streams}
    status = None
    while by_source or status is None:
        ready = select.select([*by_source, wake], [], [], None if status is None else LINGER)[0]
        if not ready:
            break
        for source in ready:
            if source == wake:
                os.read(wake, PIECE)
            elif not by_source[source].take():
                by_source.pop(source).end()
        if status is None:
            ended, found = os.waitpid(child, os.WNOHANG)
            if ended:
                status = found
    for stream in by_source.values():
        stream.end()
    return status


main(sys.argv[1], sys.argv[2], sys.argv[3:])
