from survey.levels import columns_for


def encoded(answers):
    """The answers with one column for each colour."""
    for colour in columns_for(answers["colour"]):
        answers[f"is_{colour}"] = (answers["colour"] == colour).astype(int)
    return answers
