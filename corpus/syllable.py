"""The Vietnamese syllable: onset, rime and tone, and which of their combinations are written."""

from __future__ import annotations

from collections.abc import Iterator

ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "nh",
    "ng", "ngh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip

_RIMES = (
    "a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âu ây âm ân âng âp ât âc "
    "e eo em en eng ep et ec ê êu êm ên ênh êp êt êch i ia iu im in inh ip it ich "
    "iêu iêm iên iêng iêp iêt iêc o oi om on ong op ot oc oa oai oao oay oam oan oang oanh oap oat oac oach "
    "oăm oăn oăng oăt oăc oăp oe oeo oem oen oet oong ooc ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt "
    "u ua ui um un ung up ut uc uê uên uênh uêch uơ uơn uy uya uyên uyêt uynh uych uyt uyu uyn uyp "
    "uân uâng uât uây uôi uôm uôn uông uôt uôc ư ưa ưi ưu ưm ưn ưng ưt ưc ươi ươu ươm ươn ương ươp ươt ươc "
    "y yêu yêm yên yêng yêt"
)

# A rime that begins with u or o after «qu» loses that glide: qu + oa is written «qua».
_AFTER_QU = (
    "a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc ân âng ât âc ây e eo en et ec ê êu ên ênh êt êch "
    "i in inh ip it ich y yên yêt ynh ych yt yn yp ơ ơn ôc o"
)
_AFTER_GI = (
    " a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âu ây âm ân âp ât âc e eo em en et ec "
    "êng êt êm ên êc o oi om on ong op ot oc oan ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt u ua ui um un ung up ut uc "
    "ư ưa ưng ưt ưc ươi ương ươm uôc n m"
)

_FRONT = set("ieêy")
_ONSET_BEFORE_FRONT = {"c": False, "g": False, "ng": False, "k": True, "gh": True, "ngh": True}
_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền sắc hỏi ngã nặng
_STOPPED = ("p", "t", "c", "ch")
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơ"

_TONED = {
    ("a", 0): "à", ("a", 1): "á", ("a", 2): "ả", ("a", 3): "ã", ("a", 4): "ạ",
    ("ă", 0): "ằ", ("ă", 1): "ắ", ("ă", 2): "ẳ", ("ă", 3): "ẵ", ("ă", 4): "ặ",
    ("â", 0): "ầ", ("â", 1): "ấ", ("â", 2): "ẩ", ("â", 3): "ẫ", ("â", 4): "ậ",
    ("e", 0): "è", ("e", 1): "é", ("e", 2): "ẻ", ("e", 3): "ẽ", ("e", 4): "ẹ",
    ("ê", 0): "ề", ("ê", 1): "ế", ("ê", 2): "ể", ("ê", 3): "ễ", ("ê", 4): "ệ",
    ("i", 0): "ì", ("i", 1): "í", ("i", 2): "ỉ", ("i", 3): "ĩ", ("i", 4): "ị",
    ("o", 0): "ò", ("o", 1): "ó", ("o", 2): "ỏ", ("o", 3): "õ", ("o", 4): "ọ",
    ("ô", 0): "ồ", ("ô", 1): "ố", ("ô", 2): "ổ", ("ô", 3): "ỗ", ("ô", 4): "ộ",
    ("ơ", 0): "ờ", ("ơ", 1): "ớ", ("ơ", 2): "ở", ("ơ", 3): "ỡ", ("ơ", 4): "ợ",
    ("u", 0): "ù", ("u", 1): "ú", ("u", 2): "ủ", ("u", 3): "ũ", ("u", 4): "ụ",
    ("ư", 0): "ừ", ("ư", 1): "ứ", ("ư", 2): "ử", ("ư", 3): "ữ", ("ư", 4): "ự",
    ("y", 0): "ỳ", ("y", 1): "ý", ("y", 2): "ỷ", ("y", 3): "ỹ", ("y", 4): "ỵ",
}  # fmt: skip
_TONELESS = {letter: (base, tone) for (base, tone), letter in _TONED.items()}


def tone_seat(rime: str) -> int:
    """Index in a toneless rime of the vowel that bears the tone, placed as in «hòa», «ủy», «khỏe»."""
    vowels = 0
    while vowels < len(rime) and rime[vowels] in _VOWELS:
        vowels += 1
    for index in range(vowels - 1, -1, -1):
        if rime[index] in _MARKED:
            return index
    if vowels == 3 or (vowels == 2 and vowels < len(rime)):
        return 1
    return 0


def split_tone(syllable: str) -> tuple[str, int]:
    """The syllable without its tone, and the tone: -1 level, 0 huyền, 1 sắc, 2 hỏi, 3 ngã, 4 nặng.

    >>> split_tone("quyết")
    ('quyêt', 1)
    """
    for index, letter in enumerate(syllable):
        if letter in _TONELESS:
            base, tone = _TONELESS[letter]
            return syllable[:index] + base + syllable[index + 1 :], tone
    return syllable, -1


def with_tone(onset: str, rime: str, tone: int) -> str:
    """Onset and toneless rime with the tone (-1 to 4) at its seat.

    >>> with_tone("h", "oa", 0), with_tone("qu", "y", 1), with_tone("th", "uyên", 1)
    ('hòa', 'quý', 'thuyến')
    """
    if tone < 0:
        return onset + rime
    if onset == "gi" and (not rime or rime[0] not in _VOWELS):
        return "g" + _TONED["i", tone] + rime
    seat = tone_seat(rime)
    return onset + rime[:seat] + _TONED[rime[seat], tone] + rime[seat + 1 :]


def inventory() -> Iterator[str]:
    """Every syllable that the rules of spelling allow, lower case, NFC; about 18,000, most of them unused."""
    for onset in ONSETS:
        for rime in _rimes_after(onset):
            for tone in _tones_of(rime):
                yield with_tone(onset, rime, tone)
    yield from ("đắk", "đăk", "lắk", "lăk")


def _rimes_after(onset: str) -> Iterator[str]:
    if onset == "qu":
        yield from _AFTER_QU.split()
    elif onset == "gi":
        yield from _AFTER_GI.split(" ")
    else:
        for rime in _RIMES.split():
            if _spelt(onset, rime):
                yield rime


def _spelt(onset: str, rime: str) -> bool:
    front = rime[0] in _FRONT
    if onset in _ONSET_BEFORE_FRONT and _ONSET_BEFORE_FRONT[onset] != front:
        return onset == "k" and rime in {"a", "an", "ông"}  # names: Bắc Kạn, Kông Chro
    if rime.startswith("yê"):
        return onset == ""
    if onset == "" and rime.startswith("iê"):
        return False
    return not (onset == "g" and rime == "i")


def _tones_of(rime: str) -> tuple[int, ...]:
    return (1, 4) if rime.endswith(_STOPPED) else (-1, 0, 1, 2, 3, 4)
