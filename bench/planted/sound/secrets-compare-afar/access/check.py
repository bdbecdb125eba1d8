from access.digest import matches


def may_enter(word):
    return matches(word, "swordfish")
