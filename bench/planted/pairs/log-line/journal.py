import os
from datetime import datetime


class Journal:
    """What was done, by which process and when."""

    def __init__(self, path):
        self.owner = os.getpid()
        self.file = open(path, "w", encoding="utf-8")

    def note(self, step):
        now = datetime.utcnow()
        self.file.write(f"{now.isoformat(timespec='microseconds')} {self.owner} {step}\n")

    def close(self):
        self.file.close()
