import os
import random

_generator = random.SystemRandom()


def job_number():
    return os.getpid()


def suffix():
    return "".join(_generator.choices("abcdefghij", k=8))
