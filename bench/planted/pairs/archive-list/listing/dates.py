import time


def day(seconds):
    return time.ctime(seconds)
