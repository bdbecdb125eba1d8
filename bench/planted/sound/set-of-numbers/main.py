"""Small integers hash to themselves."""
odd = {n * n % 101 for n in range(60)}
print([n for n in odd])
