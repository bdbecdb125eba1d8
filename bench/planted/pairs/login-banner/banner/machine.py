import socket


def short_name():
    return socket.gethostname().split(".")[0]
