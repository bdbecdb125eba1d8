"""Digests of what numerical libraries hold. They are never imported here: whoever has such a value has imported them."""

import sys

from .probe_digest import BYTES_LIMIT


def feed_array(walk, value, depth):
    numpy = sys.modules["numpy"]
    array = numpy.asarray(value)
    walk.hash.update(("a" + array.dtype.str + repr(array.dtype.names) + repr(array.shape)).encode())
    if array.dtype.hasobject:
        walk.items(b"O", array.ravel().tolist(), depth)
    else:
        flat = numpy.ascontiguousarray(array).reshape(-1)
        if flat.nbytes > BYTES_LIMIT:
            flat = flat[:: flat.nbytes // BYTES_LIMIT + 1].copy()
        if flat.nbytes:
            walk.raw(b":", flat.view("u1").data)
    mask = value.mask if type(value).__name__ == "MaskedArray" else None
    if mask is not None:
        walk.feed(numpy.asarray(mask), depth + 1)


def feed_number(walk, value, depth):
    walk.raw(b"#" + value.dtype.str.encode(), value.tobytes())


def feed_generator(walk, value, depth):
    bits = value.bit_generator if hasattr(value, "bit_generator") else value
    walk.feed(bits.state, depth + 1)


def feed_legacy(walk, value, depth):
    # Before NumPy 1.17 there is one form only, a tuple.
    try:
        state = value.get_state(legacy=False)
    except TypeError:
        state = value.get_state()
    walk.feed(state, depth + 1)


def feed_random(walk, value, depth):
    walk.feed(value.getstate(), depth + 1)


def feed_frame(walk, value, depth):
    # Before pandas 1.1 it had another name.
    manager = value._mgr if hasattr(value, "_mgr") else value._data
    walk.hash.update(b"DF" + repr(value.shape).encode())
    walk.feed(getattr(value, "name", None) if value.ndim == 1 else None, depth + 1)
    for axis in manager.axes:
        walk.feed(axis, depth + 1)
    for block in manager.blocks:
        walk.feed(list(block.mgr_locs.as_array), depth + 1)
        walk.feed(block.values, depth + 1)


def feed_index(walk, value, depth):
    if type(value).__name__ == "RangeIndex":
        walk.items(b"R", (value.start, value.stop, value.step), depth)
    elif type(value).__name__ == "MultiIndex":
        walk.feed(list(value.codes if hasattr(value, "codes") else value.labels), depth + 1)
        walk.feed(list(value.levels), depth + 1)
    else:
        walk.feed(value._data, depth + 1)
    walk.feed(list(value.names), depth + 1)


def feed_extension_array(walk, value, depth):
    if type(value).__name__ == "Categorical":
        walk.feed(value.codes, depth + 1)
        walk.feed(value.categories, depth + 1)
        return
    numpy = sys.modules["numpy"]
    walk.hash.update(repr(value.dtype).encode())
    walk.items(b"X", numpy.asarray(value, dtype=object).tolist(), depth)


def feed_tensor(walk, value, depth):
    plain = value.detach().cpu()
    if plain.is_sparse:
        plain = plain.to_dense()
    walk.hash.update(str(plain.dtype).encode())
    walk.feed(plain.numpy() if str(plain.dtype) != "torch.bfloat16" else plain.float().numpy(), depth + 1)


def feed_torch_generator(walk, value, depth):
    walk.feed(value.get_state(), depth + 1)


def feed_eager(walk, value, depth):
    walk.foreign = True
    walk.feed(value.numpy(), depth + 1)


LIBRARY_FEEDS = {
    "numpy.ndarray": feed_array,
    "numpy.matrix": feed_array,
    "numpy.memmap": feed_array,
    "numpy.ma.MaskedArray": feed_array,
    "numpy.ma.core.MaskedArray": feed_array,
    "numpy.random._generator.Generator": feed_generator,
    "numpy.random.mtrand.RandomState": feed_legacy,
    "mtrand.RandomState": feed_legacy,
    "random.Random": feed_random,
    "pandas.DataFrame": feed_frame,
    "pandas.Series": feed_frame,
    "pandas.core.frame.DataFrame": feed_frame,
    "pandas.core.series.Series": feed_frame,
    "torch.Tensor": feed_tensor,
    "torch.nn.parameter.Parameter": feed_tensor,
    "torch._C.Generator": feed_torch_generator,
    "tensorflow.python.framework.ops.EagerTensor": feed_eager,
    "tensorflow.python.ops.resource_variable_ops.ResourceVariable": feed_eager,
}
