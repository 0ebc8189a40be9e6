#!/usr/bin/env python3
"""Checks a receipt or a history of a BlameEngine log, sharing no code with BlameEngine.

    python3 verify.py KEY FILE      KEY is the log's public key, name+number+key; FILE - reads standard input

Needs the package cryptography. Formats: c2sp.org/signed-note, tlog-checkpoint, tlog-proof; hashes of RFC 6962.
Exit status 0 when proven, 1 when not.
"""
import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def need(holds, reason):
    if not holds:
        sys.exit(print("NOT PROVEN:", reason) or 1)


def decode(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base 64 that is not canonical")
    return data


def sha(data):
    return hashlib.sha256(data).digest()


def root_from(leaf, index, size, path):
    """RFC 6962, 2.1.1, read backwards: which side each hash stands on follows from index and size."""
    def climb(index, size, depth):
        if size == 1:
            need(depth == 0, "a path too long")
            return leaf
        need(depth > 0, "a path too short")
        split = 1 << ((size - 1).bit_length() - 1)
        if index < split:
            return sha(b"\x01" + climb(index, split, depth - 1) + path[depth - 1])
        return sha(b"\x01" + path[depth - 1] + climb(index - split, size - split, depth - 1))
    return climb(index, size, len(path))


def checkpoint(note, key):
    """The size and root of a checkpoint that the key has signed."""
    name, number, public = key.split("+", 2)
    raw = decode(public)
    need(raw[0] == 1 and len(raw) == 33, "the key is not Ed25519")
    need(sha(name.encode() + b"\n" + raw)[:4].hex() == number, "the key's number is wrong")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        dash, signer, blob = line.split(" ")
        blob = decode(blob)
        if dash == "\u2014" and signer == name and blob[:4].hex() == number:
            try:
                Ed25519PublicKey.from_public_bytes(raw[1:]).verify(blob[4:], text.encode())
            except InvalidSignature:
                need(False, "the signature does not fit")
            origin, size, root = text.splitlines()[:3]
            need(origin == name, f"the checkpoint is of {origin}")
            return int(size), decode(root)
    need(False, "the checkpoint is not signed by " + name)


def included(line, path, index, size, root):
    event = json.loads(line)
    need(event["position"] == index + 1, f"the line at {index + 1} says it is at {event['position']}")
    need(0 <= index < size, f"the log of {size} does not reach {index + 1}")
    need(root_from(sha(b"\x00" + line.encode()), index, size, path) == root, f"event {index + 1} is not in the log")
    return event


def receipt(text, key):
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    need(lines.pop(0) == "c2sp.org/tlog-proof@v1", "not a receipt")
    need(lines[0].startswith("extra "), "the receipt does not hold the event")
    line = decode(lines.pop(0)[6:]).decode()
    size, root = checkpoint(note, key)
    index = int(lines.pop(0).removeprefix("index "))
    included(line, [decode(hash) for hash in lines], index, size, root)
    print(f"proven: event {index + 1} is in a log of {size}\n{line}")


def history(text, key):
    heading, *rows, end = [json.loads(row) for row in text.splitlines()]
    need(end["count"] == len(rows), "events are missing at the end")
    size, root = checkpoint(heading["checkpoint"], key)
    last = withheld = 0
    for number, row in enumerate(rows, 1):
        path = [decode(hash) for hash in row["proof"]]
        if "line" in row:
            position = json.loads(row["line"])["position"]
            event = included(row["line"], path, position - 1, size, root)
            need(event["actor"] == heading["account"], f"event {position} is of another account")
            need(event["actorVersion"] == number, f"event {number} of the account is left out")
        else:
            position, withheld = row["position"], withheld + 1
            need(root_from(decode(row["leaf"]), position - 1, size, path) == root, f"event {position} is not in the log")
        need(position > last, "events are out of order")
        last = position
    print(f"proven: events 1 to {len(rows)} of {heading['account']} are in a log of {size}; {withheld} withheld")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    content = (sys.stdin.buffer if sys.argv[2] == "-" else open(sys.argv[2], "rb")).read().decode()
    try:
        (history if content.startswith("{") else receipt)(content, sys.argv[1])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        need(False, f"malformed: {error}")
