#!/usr/bin/env python3
"""Makes release-golden.json: PROTOCOL.md sections 7 and 8, from the shares to the release hash.

Written from the text and shares nothing with the Java code. Needs Python 3.9 and pyca/cryptography (AES). Before it
writes, it checks itself against what others derived: noise-golden.json, the traces of the samplers' authors, merkle.json
and release-hash.json.

    release_golden.py > release-golden.json
"""

import hashlib
import hmac
import json
import struct
from fractions import Fraction
from math import isqrt
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

HERE = Path(__file__).resolve().parent
TRACES = HERE.parent / "dp" / "dp_sampler_traces.json"
VECTORS = HERE.parents[8] / "schemas/src/main/resources/io/sealroom/schemas/vectors"


# keccak256 (original padding), section "Conventions"

def keccak256(data):
    rotations = [[0, 36, 3, 41, 18], [1, 44, 10, 45, 2], [62, 6, 43, 15, 61], [28, 55, 25, 21, 56], [27, 20, 39, 8, 14]]
    mask = (1 << 64) - 1
    rate = 136
    data = bytearray(data) + b"\x01" + b"\x00" * ((-len(data) - 1) % rate)
    data[-1] |= 0x80
    state = [[0] * 5 for _ in range(5)]

    def rol(value, by):
        return ((value << by) | (value >> (64 - by))) & mask if by else value

    for at in range(0, len(data), rate):
        for i in range(rate // 8):
            state[i % 5][i // 5] ^= int.from_bytes(data[at + 8 * i:at + 8 * i + 8], "little")
        lfsr = 1
        for _ in range(24):
            parity = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
            for x in range(5):
                d = parity[(x - 1) % 5] ^ rol(parity[(x + 1) % 5], 1)
                for y in range(5):
                    state[x][y] ^= d
            moved = [[0] * 5 for _ in range(5)]
            for x in range(5):
                for y in range(5):
                    moved[y][(2 * x + 3 * y) % 5] = rol(state[x][y], rotations[x][y])
            for x in range(5):
                for y in range(5):
                    state[x][y] = moved[x][y] ^ (~moved[(x + 1) % 5][y] & mask & moved[(x + 2) % 5][y])
            for j in range(7):
                if lfsr & 1:
                    state[0][0] ^= 1 << ((1 << j) - 1)
                lfsr = (lfsr << 1) ^ (0x171 if lfsr & 0x80 else 0)
    return b"".join(state[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def identity(text):
    return keccak256(text.encode())


def word(value):
    if isinstance(value, bytes):
        return value.rjust(32, b"\0")
    return (value % (1 << 256)).to_bytes(32, "big")


# section 7

def u32(value):
    return struct.pack(">I", value)


def u64(value):
    return struct.pack(">Q", value)


def lp(*fields):
    return b"".join(u32(len(f)) + f for f in fields)


def hmac256(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def salt(context, query, partners):
    fields = [b"sealroom/noise/v1", u32(context["semantics"]), u64(context["chainId"]),
              bytes.fromhex(context["contract"][2:]), context["room"].encode(), bytes.fromhex(context["policyHash"]),
              query, u64(context["start"]), u64(context["end"])]
    for partner in partners:
        for partition in partner["heads"]:
            fields += [u64(partition["count"]), bytes.fromhex(partition["head"])]
    return hashlib.sha256(lp(*fields)).digest()


def extract(key_salt, partners):
    material = b"".join(bytes.fromhex(p["address"][2:]) + bytes.fromhex(p["share"]) for p in partners)
    return hmac256(key_salt, material)


def expand(prk, info):
    return hmac256(prk, info + b"\x01")


class Stream:
    """Uniform integers from AES-256-CTR, IV 0."""

    def __init__(self, key):
        self.encryptor = Cipher(algorithms.AES(key), modes.CTR(bytes(16))).encryptor()

    def below(self, bound):
        bits = (bound - 1).bit_length()
        if bits == 0:
            return 0
        while True:
            taken = self.encryptor.update(bytes((bits + 7) // 8))
            drawn = int.from_bytes(taken, "big") & ((1 << bits) - 1)
            if drawn < bound:
                return drawn


# Canonne, Kamath, Steinke 2020, algorithms 1 to 3

def bernoulli(p, source):
    return source.below(p.denominator) < p.numerator


def bernoulli_exp(x, source):
    def within_one(y):
        k = 1
        while bernoulli(y / k, source):
            k += 1
        return k % 2 == 1

    while x > 1:
        if not within_one(Fraction(1)):
            return False
        x -= 1
    return within_one(x)


def laplace(scale, source):
    t, s = scale.numerator, scale.denominator
    while True:
        negative = bernoulli(Fraction(1, 2), source)
        u = source.below(t)
        while not bernoulli_exp(Fraction(u, t), source):
            u = source.below(t)
        v = 0
        while bernoulli_exp(Fraction(1), source):
            v += 1
        magnitude = (v * t + u) // s
        if not (negative and magnitude == 0):
            return -magnitude if negative else magnitude


def gaussian(sigma2, source):
    t = isqrt(sigma2.numerator // sigma2.denominator) + 1
    while True:
        candidate = laplace(Fraction(t), source)
        if bernoulli_exp((abs(candidate) - sigma2 / t) ** 2 / (2 * sigma2), source):
            return candidate


SAMPLERS = {1: laplace, 2: gaussian}


# section 8

def leaf(row, query, context):
    fields = [row["row"], query, context["start"], context["end"], bytes.fromhex(row["cell"]), row["metric"],
              row["status"], row["value"], bytes.fromhex(row["leafSalt"])]
    return keccak256(keccak256(b"".join(word(f) for f in fields)))


def merkle_root(leaves):
    ordered = sorted(leaves)
    tree = [b""] * (2 * len(ordered) - 1)
    for i, one in enumerate(ordered):
        tree[len(tree) - 1 - i] = one
    for i in range(len(tree) - 1 - len(ordered), -1, -1):
        tree[i] = keccak256(b"".join(sorted((tree[2 * i + 1], tree[2 * i + 2]))))
    return tree[0]


def mechanisms_hash(mechanisms):
    words = [32, len(mechanisms)]
    for m in mechanisms:
        words += [m["metric"], m["mechanism"], int(m["scaleNumerator"]), int(m["scaleDenominator"]), int(m["threshold"])]
    return keccak256(b"".join(word(w) for w in words))


def totals_hash(commitments):
    return keccak256(b"".join(word(w) for w in [32, len(commitments)] + commitments))


def release_hash(context, query, rows, root, commitments, mechanisms):
    return keccak256(b"".join(word(w) for w in [
        identity("sealroom/release/v1"), context["semantics"], context["chainId"],
        bytes.fromhex(context["contract"][2:]), identity(context["room"]),
        bytes.fromhex(context["policyHash"].removeprefix("0x")), query, context["start"], context["end"], rows, root,
        totals_hash(commitments), mechanisms_hash(mechanisms)]))


# what is released

TOTAL, REACH, CELL, COUNT, VALUE, CONVERTERS, CAPS = range(7)
MICRO = 10 ** 6


def mechanism(metric, kind, numerator, denominator, threshold):
    scale = Fraction(numerator, denominator)
    return {"metric": metric, "mechanism": kind, "scaleNumerator": str(scale.numerator),
            "scaleDenominator": str(scale.denominator), "threshold": str(threshold)}


def overlap():
    """W = 24, L0 = 2: rho 1/8 for the total, epsilon 2 for reach, rho 1/10 for cells, epsilon 1/3 for caps."""
    mechanisms = [mechanism(TOTAL, 2, 24 * 8, 2, 50), mechanism(REACH, 1, 24, 2, 50), mechanism(REACH, 1, 24, 2, 50),
                  mechanism(CELL, 2, 48 * 10, 2, 50), mechanism(CAPS, 1, 3, 1, 50)]
    cells = [(TOTAL, ""), (REACH, "publisher"), (REACH, "advertiser"), (CELL, "news"), (CELL, "sports"), (CELL, "arts"),
             (CAPS, "")]
    return "email-overlap", mechanisms, cells


def attribution(count_kind):
    """C = 2, V = 20,000, N = 3; the count's family once of each kind, the others turned about."""
    if count_kind == 2:
        mechanisms = [mechanism(COUNT, 2, 8 * MICRO ** 2, 1, 20 * MICRO), mechanism(VALUE, 1, 80_000 * 7, 3, 20 * MICRO),
                      mechanism(CONVERTERS, 2, 12 * 4, 3, 20), mechanism(CAPS, 2, 5, 2, 20)]
    else:
        mechanisms = [mechanism(COUNT, 1, 4 * MICRO * 3, 2, 20 * MICRO), mechanism(VALUE, 2, 2 * 40_000 ** 2, 1, 20 * MICRO),
                      mechanism(CONVERTERS, 1, 12 * 10, 7, 20), mechanism(CAPS, 1, 1, 100, 20)]
    cells = [(metric, cell) for cell in ("news", "sports", "arts", "/unattributed") for metric in (COUNT, VALUE, CONVERTERS)]
    return "email-credit-" + str(count_kind), mechanisms, cells + [(CAPS, "")]


def cell_id(metric, label):
    if metric in (TOTAL, CAPS):
        return bytes(32)
    if metric == REACH:
        return identity("partner/" + label)
    return identity("/unattributed") if label == "/unattributed" else identity("cell/" + label)


def release(context, partners, commitments, name, mechanisms, cells):
    query = identity(name)
    prk = extract(salt(context, query, partners), partners)
    rows = []
    count_shown = None
    for index, (metric, label) in enumerate(cells):
        family = next(m for m in mechanisms if m["metric"] == metric)
        cell = cell_id(metric, label)
        key = expand(prk, lp(b"noise", bytes([metric]), cell, u32(index)))
        parameter = Fraction(int(family["scaleNumerator"]), int(family["scaleDenominator"]))
        noise = SAMPLERS[family["mechanism"]](parameter, Stream(key))
        threshold = int(family["threshold"])
        # Totals far above, at, just below and far below the threshold, and zero; of value rows any.
        total = [10 * threshold, threshold - noise, threshold - noise - 1, threshold // 2, 0][index % 5]
        if metric == VALUE:
            total = 123_456 * (index + 1)
        noisy = total + noise
        shown = count_shown if metric == VALUE else noisy >= threshold
        if metric == COUNT:
            count_shown = shown
        rows.append({"row": index, "metric": metric, "label": label, "cell": cell.hex(), "total": str(total),
                     "noise": str(noise), "status": 0 if shown else 1, "value": noisy if shown else 0,
                     "leafSalt": expand(prk, lp(b"leaf", u32(index))).hex()})
    leaves = [leaf(row, query, context) for row in rows]
    root = merkle_root(leaves)
    for row, one in zip(rows, leaves):
        row["value"] = str(row["value"])
        row["leaf"] = one.hex()
    return {"query": name, "mechanisms": mechanisms, "rows": rows, "root": root.hex(),
            "mechanismsHash": mechanisms_hash(mechanisms).hex(),
            "releaseHash": release_hash(context, query, len(rows), root, commitments, mechanisms).hex()}


# checks against what others derived

class Recorded:
    def __init__(self, draws):
        self.draws = iter(draws)

    def below(self, bound):
        asked, answer = next(self.draws)
        assert asked == bound
        return answer


def check(golden):
    traces = json.loads(TRACES.read_text())
    for kind, parameter, sampler in (("dlaplace", "scale", laplace), ("dgauss", "sigma2", gaussian)):
        assert len(traces[kind]) == 400
        for trace in traces[kind]:
            recorded = Recorded(trace["draws"])
            assert sampler(Fraction(*trace[parameter]), recorded) == trace["out"]
            assert next(recorded.draws, None) is None
    context, partners = golden["context"], golden["partners"]
    key_salt = salt(context, bytes.fromhex(context["query"]), partners)
    assert key_salt.hex() == golden["salt"]
    prk = extract(key_salt, partners)
    for row in golden["rows"]:
        key = expand(prk, lp(b"noise", bytes([row["metric"]]), bytes.fromhex(row["cell"]), u32(row["row"])))
        assert key.hex() == row["noiseKey"]
        assert laplace(Fraction(*map(int, row["scale"])), Stream(key)) == int(row["noise"])
        assert expand(prk, lp(b"leaf", u32(row["row"]))).hex() == row["leafSalt"]
    hashes = json.loads((VECTORS / "release-hash.json").read_text())
    commitments = [bytes.fromhex(t["commitment"][2:]) for t in hashes["totals"]]
    assert "0x" + release_hash(hashes, identity(hashes["query"]), hashes["rowCount"], bytes.fromhex(hashes["root"][2:]),
                               commitments, hashes["mechanisms"]).hex() == hashes["releaseHash"]
    merkle = json.loads((VECTORS / "merkle.json").read_text())
    leaves = [keccak256(keccak256(bytes.fromhex(row["canonical"][2:]))) for row in merkle["rows"]]
    assert ["0x" + one.hex() for one in leaves] == [row["leaf"] for row in merkle["rows"]]
    assert "0x" + merkle_root(leaves).hex() == hashes["root"]


def main():
    golden = json.loads((HERE / "noise-golden.json").read_text())
    check(golden)
    context = {k: v for k, v in golden["context"].items() if k != "query"}
    commitments = [hashlib.sha256(b"publisher").digest(), hashlib.sha256(b"advertiser").digest()]
    releases = [release(context, golden["partners"], commitments, *made)
                for made in (overlap(), attribution(2), attribution(1))]
    print(json.dumps({
        "note": "Made by release_golden.py beside this file, over context and partners of noise-golden.json.",
        "commitments": [c.hex() for c in commitments], "releases": releases}, indent=1))


main()
