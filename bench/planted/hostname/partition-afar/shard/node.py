import platform


def node_name():
    return platform.node()
