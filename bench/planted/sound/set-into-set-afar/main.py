from tags.merge import merged

print(merged([["a", "b"], ["b", "c"], ["c", "d"]]))
