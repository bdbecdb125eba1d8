"""Writes a tree as a graph for another program."""


class Node:
    def __init__(self, name, *children):
        self.name = name
        self.children = children


def lines(node):
    key = id(node)
    yield f'n{key} [label="{node.name}"];'
    for child in node.children:
        yield from lines(child)


tree = Node("root", Node("left", Node("leaf")), Node("right"))
with open("tree.dot", "w", encoding="utf-8") as out:
    out.write("digraph {\n" + "\n".join(lines(tree)) + "\n}\n")
