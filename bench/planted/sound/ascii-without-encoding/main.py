"""No encoding is stated, but every byte is ASCII."""
with open("codes.txt") as file:
    codes = file.read().split()
with open("upper.txt", "w") as out:
    out.write("\n".join(code.upper() for code in codes) + "\n")
