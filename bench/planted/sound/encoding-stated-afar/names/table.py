from names.reading import read


def longest(path):
    return max(len(name) for name in read(path).split())
