from names.table import longest

print(longest("names.txt"))
