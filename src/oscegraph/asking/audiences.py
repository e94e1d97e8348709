"""Stage 7f9: whether people who came, told by what they are, are only those of the bodies that are told by name.

"Customs officers" say nothing beside "Customs Service of Kyrgyzstan"; "judges and NGOs" do.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.wording import stem

# What people are called, in which rank or where; what they deal with, which says nothing of whose they are; small words.
_SAID = (
    "officers officials investigators personnel staff experts specialists members instructors inspectors chiefs head heads"
    " representatives managers supervisors controllers commanders guards negotiator professionals participants stakeholders"
    " director trainers co-ordinators senior mid-level entry-level mid high newly appointed future regional local forensic"
    " another two working group command headquarters branch offices remote districts areas pillar service units division"
    " teams drugs economic crime corruption surveillance informants computer narcotics passport control investigation"
    " a an the of from and for in on with above all"
)
# What people of police and the like may be called; whose people these are.
_FORCES = "police law enforcement border customs"
_OF_FORCES = "police border customs interior internal security anti-terrorist prosecutor guard"
_WORD = lazy_pattern(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@functools.cache
def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


def restates(people: str, names: Sequence[str]) -> bool:
    """Whether people are of the bodies that are named, as far as words tell.

    >>> restates("senior police officers", ["Kosovo Police"]), restates("customs officers", ["State Customs Service"])
    (True, True)
    >>> restates("judges and NGOs", ["Kosovo Police"]), restates("police officers", ["Serbia"]), restates("experts", [])
    (False, False, False)
    """
    borne = {stem(word) for name in names for word in _words(name)}
    known = _stems(_SAID) | borne | (_stems(_FORCES) if borne & _stems(_OF_FORCES) else frozenset())
    return bool(names) and all(stem(word) in known for word in _words(people))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
