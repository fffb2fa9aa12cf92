"""A message travels whole or not at all, and neither side waits for ever."""

import json
import socket
import struct
import threading
import time

import pytest

from course.grading.limits import MESSAGE_BYTES
from course.grading.student_process.channel import (
    BrokenProtocolError,
    Channel,
    Clock,
    GoneError,
    TooLateError,
)
from tests.speed import patience


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def soon(seconds=0.2):
    return Clock(patience(seconds))


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def test_messages_come_whole_and_in_order(ends):
    channel, theirs = ends
    messages = [{"a": [1, 2.5, None, "ü"]}, [], float("inf"), {"long": "x" * 300_000}]
    sender = threading.Thread(target=lambda: [Channel(theirs).send(m) for m in messages])
    sender.start()
    assert [channel.receive(soon(5)) for _ in messages] == messages
    sender.join()


def test_a_message_in_pieces_is_put_together(ends):
    channel, theirs = ends

    def drip():
        for byte in framed(b'{"n": 1}'):
            theirs.send(bytes([byte]))
            time.sleep(0.005)

    sender = threading.Thread(target=drip)
    sender.start()
    assert channel.receive(soon(5)) == {"n": 1}
    sender.join()


def test_a_slow_sender_gets_no_more_time(ends):
    channel, theirs = ends
    stop = threading.Event()

    def drip():
        theirs.send(struct.pack(">I", 1000))
        while not stop.wait(0.02):
            theirs.send(b" ")

    sender = threading.Thread(target=drip)
    sender.start()
    with pytest.raises(TooLateError):
        channel.receive(soon(0.3))
    stop.set()
    sender.join()


def test_a_side_that_never_reads_does_not_block_the_other(ends):
    channel, _ = ends
    with pytest.raises(TooLateError):
        channel.send("x" * 4_000_000, soon())


def test_an_end_in_the_middle_of_a_message_is_an_end(ends):
    channel, theirs = ends
    theirs.send(framed(b"[1, 2]")[:7])
    theirs.close()
    with pytest.raises(GoneError):
        channel.receive(soon())


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 5000, b"nonsense", b'{"a": 1} 2']
)
def test_a_message_that_is_not_json_is_refused(ends, body):
    channel, theirs = ends
    theirs.sendall(framed(body))
    with pytest.raises(BrokenProtocolError):
        channel.receive(soon(2))


def test_a_length_that_is_too_large_is_refused_before_anything_is_read(ends):
    channel, theirs = ends
    theirs.send(struct.pack(">I", MESSAGE_BYTES + 1))
    with pytest.raises(BrokenProtocolError):
        channel.receive(soon())


def test_a_message_of_too_many_parts_is_refused_before_it_is_built(ends):
    channel, theirs = ends
    body = b"[" + b"[]," * 40 + b'[{"a": 1}]]'
    for most, fits in ((81, False), (100, True)):
        theirs.sendall(framed(body))
        if fits:
            assert len(channel.receive(soon(), most)) == 41 and 81 < channel.parts <= most
        else:
            with pytest.raises(BrokenProtocolError):
                channel.receive(soon(), most)


def test_a_connection_handed_over_works_and_the_next_message_is_not_lost(ends):
    channel, theirs = ends
    other, far = socket.socketpair()
    with other, far:
        channel.send({"here": "comes one"})
        channel.send_socket(far)
        channel.send({"after": 1})
        reader = Channel(theirs)
        assert reader.receive() == {"here": "comes one"}
        with reader.receive_socket() as received:
            other.send(b"through")
            assert received.recv(20) == b"through"
        assert reader.receive() == {"after": 1}


def test_random_bytes_end_in_a_refusal(ends):
    import random

    chance = random.Random(1)
    for _ in range(300):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            body = chance.randbytes(chance.randrange(60))
            theirs.sendall(framed(body) if chance.random() < 0.7 else body)
            theirs.close()
            try:
                value = Channel(ours).receive(soon())
            except (BrokenProtocolError, GoneError):
                continue
            assert json.loads(body) == value
