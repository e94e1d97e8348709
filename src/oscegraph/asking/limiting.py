"""Stage 10g1a00: words that limit a question for yes or no: only, all, not, more than, before, a year, a deed."""

from __future__ import annotations

import re

from oscegraph.asking.patterns import lazy_pattern, lazy_words

# Ways of asking that look at roles, days, places and decisions; what a detail tells is put in the report's own words.
BY_FACTS = frozenset({"any", "had role", "was there", "is so", "paper so"})
# That all of it is so, or is told, is guessed by words; these are looked up.
SOUND = frozenset({"any", "had role", "was there", "paper so", "heading", "tally"})
ONLY = lazy_words(r"(?<!not )only|solely|alone|exclusively|sole|merely|whole|entire|entirely|nobody but")
ONLY_WHO = lazy_pattern(r"\bonly (?:by |from |with |for )?(?:the )?[A-Z]|\b(?:alone|sole|the only|whole|entire)\b")
EVERY = lazy_words(r"(?<!at )(?<!in )all(?! (?:two|three|four|five|the (?:two|three)))|every\w*|each|always")
ALL_OF_THEM = lazy_pattern(
    r"\W*(?:have|has|did|do|does|were|was|are|is)\s+(?:all|every|each)\b[^?,;]{0,40}?"
    r"\b(?:operations?|units?|structures?|missions?|States?|countries|chapters?)\b",
    re.IGNORECASE,
)
AND_NOT = lazy_pattern(r"\b(?:and|but|rather than|instead of) not\b|\b(?:rather than|instead of)\b", re.IGNORECASE)
BEFORE_YEAR = lazy_words(r"(?:before|after|until|since|prior to) (?:19|20)\d\d")
BESIDES = lazy_words(r"besides?|other than|else|apart from|aside from|except|excluding")
NOT = lazy_pattern(
    r"(?<!or )\b(?:not(?! only)|never|without|neither|nor|none|nobody|nothing|fail(?:s|ed)? to)\b"
    r"|\bno\b(?!\.|,| \d)|n['’]t\b",
    re.IGNORECASE,
)
YEAR = lazy_words(r"(?:19|20)\d\d")
IN_YEAR = lazy_pattern(r"\b(?:in|since|by|until|during|before|after)\s+(?:[A-Z]\w+\s+)?((?:19|20)\d\d)\b")
ADOPTED = lazy_words(r"adopt\w*|sign\w*|issued?|taken|dated?|from|of")
FORCE = lazy_words(r"force|open\w*")
UP, DOWN = (
    lazy_words(r"rise|rises|rose|risen|increas\w*|grew|grow\w*|doubl\w*|gain\w*"),
    lazy_words(r"decreas\w*|declin\w*|fell|fall|fallen|drop\w*|halv\w*|shr[aiu]nk|reduc\w*"),
)
AMOUNT = lazy_words(r"activit\w+|numbers?|work|attention|counts?|figures?|share|efforts?|ratifications?")
THAN = lazy_pattern(
    r"\b(?:more|fewer|less|\w{3,}er)\b[^?]*\bthan\b(?!\s+(?:\d|once\b|one\b|two\b|three\b|half\b|doubl))", re.IGNORECASE
)
ORDER = lazy_words(r"before|after|earlier|later|prior to|followed|preceded?")
IS_BEFORE = lazy_pattern(
    r"^\W*(?:was|were|is)\b.*\b(?:before|after|later than|earlier than|follow\w*)\s+(?:the|it|its|that)\b", re.IGNORECASE
)
MOST = lazy_words(r"(?<!at )most|(?<!at )least|fewest|largest|biggest|smallest|longest|shortest|highest|lowest|greatest")
AGREE = lazy_words(
    r"agree\w*|differ\w*|same|contradict\w*|conflict\w*|discrepan\w*|consisten\w*|inconsisten\w*|identical|unanimous\w*"
    r"|match\w*|vary|coincide"
)
APPENDIX = lazy_words(r"appendix (?:\d|one|two|three)")
LISTED = lazy_words(r"list(?:s|ed)?(?: in)? appendix \d|appendix \d[^?]*list")
SAME_WORDS, OTHER_WORDS = (
    lazy_words(r"agree\w*|same|consistent\w*|identical"),
    lazy_words(r"contradict\w*|conflict\w*|discrepan\w*|differ\w*"),
)
# "Border police staff" are no staff of a structure.
STAFF = lazy_words(
    r"(?<!police )(?<!border )(?<!guard )(?<!customs )(?<!prison )staff(?! (?:college|course|officer)s?)|employees|personnel"
)
MENTIONS = lazy_pattern(
    r"^\W*(?:does|do|did)\s+(?:the\s+)?(?:report|(?:chapters?|sections?|appendix)\b[^?]*?)"
    r"\s+(?:mention|tell of|describe|report on|cover)\b",
    re.IGNORECASE,
)
# "Does the report say how many ...?" is not whether it was so.
REPORTS = lazy_pattern(
    r"^\W*(?:does|do|did)\s+(?:the\s+report|(?:the\s+)?(?:chapters?|sections?)\b[^?]*?)"
    r"\s+(?:mention|tell|say|give|state|contain|describe)\b",
    re.IGNORECASE,
)
# Verbs that turn a claim round, and that no name, day or place tells.
OPPOSITE = lazy_words(
    r"refus\w+|withdr[ae]w\w*|boycott\w*|cancel\w*|reject\w*|expel\w*|repeal\w*|sells?|sold|oppos\w+|prevent(?:ed)? from"
    r"|abolish\w*|postpon\w+|den(?:y|ied)|block(?:ed)?|leave|left|declin\w+|ban(?:ned)?|stopp?(?:ed)?|interrupt\w*"
    r"|criticiz\w+|criticis\w+"
)
DEEDS = {
    "fund": r"fund|financ\w*|pay|paid|sponsor\w*",
    "organize": r"(?:co-?)?organi[sz]\w*|hold|run|held|arrang\w*",
    "host": r"host\w*",
    "train": r"teach|taught|lecture",
    "accredit": r"accredit\w*",
}
DID = {
    name: lazy_pattern(
        rf"^\W*(?:did|does|do|has|have)\s+(?:(?!\b(?:that|which|who|whom|where|at|in|on|for|to|with|from|go|attend|take|participate)\b)[^,;?])+?\s(?:{verbs})\b"
        rf"|^\W*(?:was|were|is|are)\b(?:(?!\b(?:that|which|who|whom)\b)[^;?])*?\b(?:{verbs})\s+(?:\w+\s+)?(?:for\s+)?by\b",
        re.IGNORECASE,
    )
    for name, verbs in DEEDS.items()
}
ROLE_OF = {
    "fund": frozenset({"funder"}),
    "organize": frozenset({"organizer", "organizers", "partners"}),
    "host": frozenset({"host", "organizer", "organizers"}),
    "train": frozenset({"trainer", "trainers", "speaker"}),
    "accredit": frozenset({"accreditor"}),
}
