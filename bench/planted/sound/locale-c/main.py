import locale

locale.setlocale(locale.LC_ALL, "C")
print(locale.format_string("%.2f", 12345.678, grouping=True))
print(sorted(["b", "A", "a", "B"], key=locale.strxfrm))
