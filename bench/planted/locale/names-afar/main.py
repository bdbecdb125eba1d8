"""How wide the column of names must be."""
from table.layout import widths

print("columns:", *widths("names.txt"))
