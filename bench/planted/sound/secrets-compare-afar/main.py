from access.check import may_enter

for word in ("swordfish", "haddock"):
    print(word, may_enter(word))
