"""The head of a printout."""
from banner.text import banner

print(banner("Weekly figures"))
print("mon 3, tue 4, wed 9")
