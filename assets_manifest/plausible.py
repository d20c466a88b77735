"""How large things are, by what they are called: for files that do not say what their units are. Pure numbers.

Sizes are the largest side of the bounding box, in metres; that of a person is the height. They are meant to notice a
file in wrong units, not to correct taste: ranges are wide, and within them a file is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Range = tuple[float, float]

PERSON: Range = (1.4, 2.0)
CHILD: Range = (0.8, 1.5)
_LOW_HIPS, _WIDE_HIPS = 0.28, 0.2
_CHILD = {"child", "kid", "boy", "girl", "toddler"}
_COPIES = {"toy", "miniature", "mini", "figurine", "statuette", "ornament", "lego", "plush", "doll"}
_COPY: Range = (0.03, 0.6)

SIZES: dict[str, Range] = {
    # What stands in rooms.
    "sofa couch settee": (1.5, 2.8), "loveseat": (1.2, 1.9), "armchair recliner": (0.7, 1.3),
    "chair seat": (0.6, 1.3), "stool ottoman pouf": (0.3, 0.9), "bench": (0.9, 2.5), "bed": (1.6, 2.6),
    "table desk": (0.5, 2.6), "nightstand": (0.35, 0.8), "wardrobe cupboard cabinet bookcase bookshelf": (0.7, 2.6),
    "shelf dresser drawer sideboard commode": (0.5, 2.4), "lamp": (0.2, 2.0), "chandelier": (0.4, 1.6),
    "mirror": (0.2, 2.0), "clock": (0.1, 2.2), "television tv": (0.4, 2.0), "piano": (1.2, 2.8), "door": (1.8, 2.6),
    "fridge refrigerator": (0.8, 2.0), "oven stove": (0.5, 1.2), "plant potted": (0.15, 2.2), "sink": (0.4, 1.4),
    "bathtub": (1.3, 2.0), "toilet": (0.5, 1.0), "barrel": (0.5, 1.3), "crate": (0.2, 1.3), "bin": (0.2, 1.4),
    # What one holds.
    "bottle": (0.12, 0.4), "can": (0.06, 0.25), "cup mug glass": (0.06, 0.2), "bowl plate": (0.1, 0.4),
    "teapot kettle": (0.12, 0.5), "jug pitcher": (0.12, 0.45), "vase": (0.1, 0.9), "pot pan": (0.12, 0.6),
    "fork spoon": (0.1, 0.3), "knife": (0.1, 0.4), "book": (0.12, 0.4), "phone": (0.1, 0.25),
    "laptop": (0.25, 0.45), "keyboard": (0.25, 0.55), "camera": (0.06, 0.35), "radio": (0.08, 0.6),
    "screwdriver": (0.08, 0.4), "hammer": (0.2, 0.6), "scissors": (0.08, 0.35), "wrench": (0.08, 0.5),
    "drill": (0.15, 0.45), "banana": (0.12, 0.28), "apple orange lemon": (0.05, 0.13), "pear peach": (0.05, 0.15),
    "bread": (0.1, 0.5), "ball": (0.03, 0.75), "football basketball": (0.2, 0.26), "shoe sneaker boot": (0.15, 0.45),
    "hat cap helmet": (0.15, 0.5), "bag backpack": (0.2, 0.8), "suitcase": (0.35, 0.9), "umbrella": (0.25, 1.3),
    "guitar": (0.8, 1.3), "violin": (0.5, 0.7), "sword": (0.6, 1.4), "basket bucket": (0.15, 0.7),
    # Animals.
    "cat": (0.3, 0.8), "dog": (0.3, 1.3), "fox": (0.6, 1.4), "wolf": (1.0, 2.0), "cow bull": (1.5, 2.8),
    "horse": (1.6, 2.8), "pig": (0.7, 1.8), "sheep goat deer": (0.8, 2.0), "rabbit bunny": (0.2, 0.6),
    "duck chicken hen": (0.25, 0.7), "bird": (0.1, 0.9), "bear": (1.0, 2.8), "elephant": (3.0, 7.0),
    "lion tiger": (1.4, 3.0), "mouse rat": (0.06, 0.4), "fish": (0.05, 1.5),
    # What moves people.
    "car": (3.2, 5.6), "van": (4.0, 7.0), "truck lorry": (4.0, 10.0), "bus": (6.0, 14.0), "bicycle bike": (1.3, 2.0),
    "motorcycle motorbike scooter": (1.2, 2.5), "skateboard": (0.5, 1.1), "tractor": (2.5, 6.0),
    # Outdoors.
    "hydrant": (0.5, 1.2), "mailbox postbox": (0.3, 1.8), "cone": (0.25, 1.1), "rock stone": (0.05, 4.0),
    "bush shrub": (0.3, 3.0), "tree": (1.5, 30.0), "flower": (0.08, 1.5), "stump log": (0.2, 4.0),
    # Far too large for a scene: taken as models of themselves.
    "ship boat yacht": (0.15, 0.9), "airplane aeroplane aircraft helicopter": (0.15, 0.9),
    "house building tower castle church": (0.15, 0.9), "rocket": (0.15, 0.9), "train locomotive": (0.15, 0.9),
}  # fmt: skip

_RANGES = {word: size for words, size in SIZES.items() for word in words.split()}
_NOUNS = {*_RANGES, *_COPIES, *_CHILD}
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


def words_of(text: str) -> list[str]:
    """The words of a name, in small letters and in the singular where that is known.

    >>> words_of("object/MilkTruck_02-oldSofas")
    ['object', 'milk', 'truck', 'old', 'sofa']
    """
    found = [word.lower() for word in _WORDS.findall(text)]
    return [word[:-1] if word.endswith("s") and word[:-1] in _NOUNS else word for word in found]


def plausible_size(category: str, tags: Iterable[str], name: str) -> tuple[str, Range] | None:
    """What a thing or an animal is taken for and its plausible sizes; None if none of its words is known.

    The category counts most, then tags, then the name, of which the last word is the noun. A toy or an ornament is
    small, whatever it shows.
    """
    texts = [category, *tags, name]
    words = [word for text in texts for word in words_of(text)]
    copy = next((word for word in words if word in _COPIES), None)
    if copy is not None:
        return copy, _COPY
    for text in texts:
        for word in reversed(words_of(text)):
            if word in _RANGES:
                return word, _RANGES[word]
    return None


def is_child(category: str, tags: Iterable[str], name: str) -> bool:
    """Whether a character is called a child."""
    return any(word in _CHILD for text in (category, *tags, name) for word in words_of(text))


def stocky(hips_m: float, apart_m: float, height_m: float) -> bool:
    """Whether a body has other proportions than a human's, as a robot's or a dwarf's: no motion of ours fits it.

    Hips of humans are at half of the height (here: less than 0.28), the hip joints a tenth of it apart (0.2).

    Args:
        hips_m: height of the hip joints.
        apart_m: distance between them.
    """
    return hips_m < _LOW_HIPS * height_m or apart_m > _WIDE_HIPS * height_m
