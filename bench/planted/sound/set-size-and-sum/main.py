"""What is taken from the set does not depend on its order."""
ids = {f"user{n % 37}" for n in range(500)}
print(len(ids), max(ids), min(ids), sum(len(name) for name in ids))
