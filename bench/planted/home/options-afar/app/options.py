from app.places import results_folder


def options():
    """The defaults, with the places filled in."""
    return {"level": 3, "results": results_folder(), "format": "csv"}
