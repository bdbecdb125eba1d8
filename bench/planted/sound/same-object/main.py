"""id() is compared, and used as a key that is never shown."""
shared = []
rows = [shared, [], shared, []]
seen = {}
for row in rows:
    seen.setdefault(id(row), len(seen))
print([seen[id(row)] for row in rows], id(rows[0]) == id(rows[2]))
