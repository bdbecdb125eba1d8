"""Value probes: what they record, and that the program cannot tell."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from rung_hook import probe, probe_stream  # noqa: E402
from rung_hook.probe_digest import Walk  # noqa: E402
from rung_hook.probe_replay import Replay, read_values  # noqa: E402


def digest(value, text=False):
    walk = Walk(text)
    walk.feed(value)
    return walk.result()


class Hostile:
    """Whatever of it is called says so."""

    def __init__(self):
        self.value = 1

    def fail(self, *_):
        raise AssertionError("code of the program was run")

    __repr__ = __str__ = __eq__ = __hash__ = __getattr__ = __bool__ = __len__ = __iter__ = __reduce_ex__ = fail


class Digests(unittest.TestCase):
    def test_no_code_of_the_program_is_run(self):
        self.assertEqual(digest([Hostile()]), digest([Hostile()]))
        other = Hostile()
        other.__dict__["value"] = 2
        self.assertNotEqual(digest(other), digest(Hostile()))

    def test_what_is_the_same_has_the_same_digest(self):
        for one, other in (({"b", "a"}, {"a", "b"}), ([1, [2]], [1, [2]]), (float("nan"), -float("nan"))):
            self.assertEqual(digest(one), digest(other))
        for one, other in ((1, 1.0), (1, True), ([1], (1,)), ({1: 2, 3: 4}, {3: 4, 1: 2}), ("1", b"1")):
            self.assertNotEqual(digest(one), digest(other))

    def test_named_tuples_of_the_system_can_be_given_back(self):
        for value in (os.uname(), os.stat("."), os.times()):
            walk = Walk()
            walk.feed(value)
            self.assertFalse(walk.foreign, value)

    def test_an_open_file_is_told_by_how_it_is_read(self):
        with open(os.devnull, encoding="ascii") as one, open(os.devnull, encoding="latin-1") as other:
            self.assertNotEqual(digest(one), digest(other))

    def test_what_contains_itself_ends(self):
        loop = []
        loop.append(loop)
        digest(loop)

    def test_large_arrays_and_tables_are_told_apart(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("NumPy is missing")
        one = numpy.arange(5000.0)
        other = one.copy()
        other[-1] += 1
        self.assertEqual(digest(one), digest(one.copy()))
        self.assertNotEqual(digest(one), digest(other))
        walk = Walk()
        walk.feed(one)
        self.assertFalse(walk.foreign)
        try:
            import pandas
        except ImportError:
            return
        self.assertNotEqual(digest(pandas.Series(one)), digest(pandas.Series(other)))

    def test_addresses_count_only_where_they_are_shown(self):
        one, other = object(), object()
        self.assertEqual(digest(one), digest(other))
        self.assertNotEqual(digest([one], True), digest([other], True))


class Records(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def probes(self, name, replay=None, sites=()):
        folder = os.path.join(self.folder.name, name)
        os.makedirs(folder)
        os.environ.pop("RUNG_PROBE_PARENT", None)
        return folder, probe.Probes(folder, replay, sites)

    def test_values_are_given_on_and_given_back(self):
        folder, first = self.probes("first")
        record = first.make_value()
        thing = Hostile()
        self.assertIs(record(1, thing), thing)
        self.assertEqual([record(2, n) for n in (5, 6)], [5, 6])
        self.assertIs(first.items(3, "abc"), "abc")
        self.assertEqual(list(first.items(4, iter("abc"))), ["a", "b", "c"])
        _, second = self.probes("second", folder, (2, 4))
        record = second.make_value()
        self.assertEqual([record(2, n) for n in (7, 8, 9)], [5, 6, 9])
        self.assertEqual(list(second.items(4, iter("cab"))), ["a", "b", "c"])

    def test_a_list_that_is_changed_in_place_is_put_back(self):
        folder, first = self.probes("first")
        first.make_value()(1, None, [3, 1, 2])
        _, second = self.probes("second", folder, (1,))
        values = [1, 2, 3]
        second.make_value()(1, None, values)
        self.assertEqual(values, [3, 1, 2])

    def test_streams_grow_and_end(self):
        _, probes = self.probes("first")
        record = probes.make_value()
        for n in range(9000):
            record(1, n)
        stream = probes.streams.current()
        self.assertGreater(stream.size, probe_stream.FIRST_SIZE)
        self.assertEqual(len(read_values(stream.path, {1})[1, 0]), 9000)
        self.assertEqual(Replay(self.folder.name, ()).of(stream), {})


if __name__ == "__main__":
    unittest.main()
