"""For the test of this folder: prints what a run can find out about where and how it runs, one JSON value a name."""
import concurrent.futures
import datetime
import getpass
import json
import locale
import os
import pathlib
import platform
import random
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid

said = {"env:" + name: value for name, value in os.environ.items()}
here = pathlib.Path(__file__).resolve().parent
said["argv"] = sys.argv
said["random-seed"] = [random.random(), random.Random().random()]
said["entropy"] = [str(uuid.uuid4()), secrets.token_hex(), os.urandom(4).hex(), random.SystemRandom().random()]
said["hash-seed"] = [hash("text"), list({"a", "b", "c", "d", "e", "f"})]
said["clock"] = [str(datetime.date.today()), time.strftime("%S"), time.perf_counter()]
said["memory-address"] = [id(object()), id([0] * 5000), id(type("Made", (), {}))]
with concurrent.futures.ThreadPoolExecutor(3) as pool:
    futures = [pool.submit(abs, number) for number in range(8)]
    said["threads"] = [future.result() for future in concurrent.futures.as_completed(futures)]
said["process-id"] = os.getpid()
said["temp-folder"] = [tempfile.gettempdir(), tempfile.mktemp()]
said["input-changed"] = (here / "left.txt").exists()
said["directory-order"] = [os.listdir(here / "listed"), [path.name for path in (here / "listed").iterdir()]]
said["time-zone"] = [time.localtime(0).tm_hour, time.localtime(0).tm_gmtoff]
said["locale"] = [locale.setlocale(locale.LC_ALL, ""), len(open(here / "accents.txt").read())]
said["working-directory"] = os.path.exists("accents.txt")
said["cwd"] = os.getcwd()
said["tree-path"] = [str(here), sys.path[0]]
said["home"] = [str(pathlib.Path.home()), os.listdir(pathlib.Path.home()) == []]
said["user"] = [os.getuid(), os.getgid(), getpass.getuser()]
said["hostname"] = [socket.gethostname(), platform.node()]
said["terminal"] = list(shutil.get_terminal_size())
said["optimise"] = __debug__
native = pathlib.Path("/proc/self/environ").read_bytes()
said["cpu-features"] = [name in native for name in (b"NPY_DISABLE_CPU_FEATURES", b"OPENBLAS_CORETYPE")]
child = "import json, time; print(json.dumps([time.strftime('%F'), hash('text')]))"
of_child = json.loads(subprocess.check_output([sys.executable, "-c", child], env=dict(os.environ)))
said["child"] = [of_child[0] == time.strftime("%F"), of_child[1] == hash("text")]
said["cpu-count"] = [os.cpu_count(), len(os.sched_getaffinity(0))]
said["file-times"] = (here / "accents.txt").stat().st_mtime
said["network"] = [name for _, name in socket.if_nameindex()]
pathlib.Path("left.txt").write_text("left", encoding="utf-8")
said["umask"] = oct(os.stat("left.txt").st_mode)
said["owner"] = os.stat("left.txt").st_uid == os.getuid()
said["interpreter"] = [sys.executable, sys.version, sys.stdin.isatty(), sys.getrecursionlimit(), sys.flags.isolated]
print(json.dumps(said))
