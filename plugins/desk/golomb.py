"""Sets of whole numbers in Golomb-Rice code: sorted, differences, a unary quotient and K low bits each (BIP 158 has the same)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

K = 8  # low bits of a difference; right for sets that fill 1 in 256 of their range


def encode_set(values: Iterable[int]) -> bytes:
    """The numbers, which are 0 or more, in Golomb-Rice code, the last byte filled with ones."""
    bits: list[str] = []
    last = -1
    for value in sorted(set(values)):
        quotient, rest = divmod(value - last - 1, 1 << K)
        bits.append("1" * quotient + "0" + format(rest, f"0{K}b"))
        last = value
    stream = "".join(bits)
    if not stream:
        return b""
    stream += "1" * (-len(stream) % 8)
    return int(stream, 2).to_bytes(len(stream) // 8, "big")


def decode_set(data: bytes, below: int, most: int | None = None) -> Iterator[int]:
    """The numbers of a set in Golomb-Rice code, ascending; only the first ``most`` where given.

    Time and memory are bounded by the length of the data. Raises ValueError for a number of ``below`` or more and for data that
    ends within a number.
    """
    if not data:
        return
    if most is not None:
        data = data[: 16 + most * (K + 6) // 4]  # twice what they need on the average; enough for any honest set
    stream = format(int.from_bytes(data, "big"), f"0{len(data) * 8}b")
    at, last, found = 0, -1, 0
    while found != most:
        stop = stream.find("0", at)
        if stop < 0:
            if len(stream) - at > 7 and most is None:
                raise ValueError("the data ends in a run of ones that is no filling")
            return
        if stop + 1 + K > len(stream):
            if most is None:
                raise ValueError("the data ends within a number")
            return
        last += ((stop - at) << K) + int(stream[stop + 1 : stop + 1 + K], 2) + 1
        if last >= below:
            raise ValueError("the data has a number that is too large")
        yield last
        found += 1
        at = stop + 1 + K
