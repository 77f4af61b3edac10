"""Typing by keys undone: Telex "nhieemj" and VNI "nhie6m5" are both "nhiệm"."""

import re

from corpus.spelling import TONES, is_syllable, tone_of, toneless, with_tone

__all__ = ["from_telex", "from_vni"]

_TELEX_TONES = dict(zip("sfrxj", TONES, strict=True))
_VNI_TONES = dict(zip("12345", TONES, strict=True))
_VOWELS = "aăâeêioôơuưy"
_ENDING = "(?:ch|ng|nh|[cmnpt])?"
# Tone keys come after the vowels or after the whole syllable, once; "w" and doubled letters likewise.
_TELEX = re.compile(
    rf"(?P<onset>[bcdđghklmnpqrstvx]*)(?P<vowels>[{_VOWELS}w]+)(?P<tone>[sfrxj]?)(?P<end>{_ENDING})(?P<late>[aeowd]?[sfrxj]?)"
)
_VNI = re.compile(r"(?P<onset>[bcdđghklmnpqrstvx]*)(?P<d>9?)(?P<rest>[aăâeêioôơuưy][a-zăâêôơư1-9]*)")


def from_telex(token: str, *, rare: bool = False) -> str | None:
    """What a lower-cased token is with its Telex keys carried out; None if it has none or is no syllable.

    `rare`: also where it is a syllable as it stands ("noong").
    """
    base, typed_tone = toneless(token), tone_of(token)
    match = _TELEX.fullmatch(base)
    if not match or (is_syllable(token) and not rare):
        return None
    late = match["late"]
    marks, late_tone = (late[:-1], late[-1]) if late and late[-1] in _TELEX_TONES else (late, "")
    if match["tone"] and late_tone:
        return None
    onset, vowels = match["onset"], match["vowels"]
    if onset.startswith("dd") or (marks == "d" and onset.startswith("d")):
        onset = "đ" + onset.lstrip("d")
    elif marks == "d":
        return None
    written = _marked(vowels, marks if marks in ("a", "e", "o", "w") else "", bool(match["end"]))
    key = match["tone"] or late_tone
    if written is None or (key and typed_tone):
        return None
    tone = _TELEX_TONES[key] if key else typed_tone
    whole = with_tone(onset + written + match["end"], tone)
    used = key or onset != match["onset"] or written != vowels
    return whole if used and is_syllable(whole) else None


def _marked(vowels: str, late: str, closed: bool) -> str | None:
    """Doubled letters and "w" carried out; `late` is one typed after the final consonant."""
    if late in ("a", "e", "o"):
        if late not in vowels or not closed:
            return None
        at = vowels.rindex(late)
        vowels = vowels[:at] + late + vowels[at:]
    elif late == "w":
        vowels += "w"
    for double, mark in (("aa", "â"), ("ee", "ê"), ("oo", "ô")):
        vowels = vowels.replace(double, mark)
    for keys, mark in (
        ("uwow", "ươ"),
        ("wow", "ươ"),
        ("uow", "ươ"),
        ("uwo", "ươ"),
        ("aw", "ă"),
        ("ow", "ơ"),
        ("uw", "ư"),
    ):
        vowels = vowels.replace(keys, mark)
    vowels = vowels.replace("uaw", "ưa").replace("uă", "ưa")
    if "w" in vowels:  # after other vowels: "hoiw"; alone it is "ư": "tw"
        if vowels.count("w") > 1 or not vowels.endswith("w") or vowels == "w":
            return None
        for plain, mark in (("uo", "ươ"), ("o", "ơ"), ("u", "ư"), ("a", "ă")):
            if plain in vowels:
                return vowels[:-1].replace(plain, mark, 1)
        return None
    return vowels


def from_vni(token: str) -> tuple[str, bool] | None:
    """What a lower-cased token is when its VNI digits are carried out, and whether one stood inside it."""
    match = _VNI.fullmatch(token)
    if not match or token.isalpha():
        return None
    onset = match["onset"]
    rest = match["rest"].replace("u7o7", "uo7")
    digits = [char for char in rest if char.isdecimal()]
    if match["d"] or "9" in digits:
        if not onset.startswith("d") or digits.count("9") + bool(match["d"]) > 1:
            return None
        onset = "đ" + onset[1:]
    tones = [char for char in digits if char in _VNI_TONES]
    if len(tones) > 1 or len(set(digits)) < len(digits):
        return None
    written = re.sub(r"\d", "", rest)
    for digit, pairs in (
        ("6", (("a", "â"), ("e", "ê"), ("o", "ô"))),
        ("7", (("uo", "ươ"), ("o", "ơ"), ("u", "ư"))),
        ("8", (("a", "ă"),)),
    ):
        if digit in digits:
            found = next(((plain, mark) for plain, mark in pairs if plain in written), None)
            if found is None:
                return None
            written = written.replace(*found, 1)
    typed_tone = tone_of(written)
    if typed_tone and tones:
        return None
    whole = with_tone(toneless(onset + written), _VNI_TONES[tones[0]] if tones else typed_tone)
    inside = bool(re.search(r"\d[^\W\d]", token))
    return (whole, inside) if is_syllable(whole) else None
