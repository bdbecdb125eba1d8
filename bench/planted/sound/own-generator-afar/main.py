from walk.paths import ends

print(ends(walkers=5, steps=40))
