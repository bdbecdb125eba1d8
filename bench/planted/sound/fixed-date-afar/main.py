from due.letters import letter

print(letter("Ada", 14))
