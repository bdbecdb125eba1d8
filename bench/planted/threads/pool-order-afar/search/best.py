import multiprocessing

from search.stream import scores


def first_good(limit):
    """The first candidates with a score above one half."""
    good = []
    with multiprocessing.get_context("fork").Pool(4) as pool:
        for candidate, score in scores(pool, range(160)):
            if score > 0.5 and len(good) < limit:
                good.append(candidate)
    return good
