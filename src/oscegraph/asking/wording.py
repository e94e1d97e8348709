"""Stage 7c: the words of a question: folded, cut to stems, mapped to cues, and put right where they are mistyped.

Cues are the words that say what is asked: "fund" stands for fund, finance, pay, sponsor and their forms. They are listed in
`queries/cues.txt`; words of `ignored` say nothing here.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from oscegraph import resources
from oscegraph.asking.patterns import lazy_pattern

_WORD = lazy_pattern(r"[^\W_]+(?:['’][^\W_]+)?|\d+(?:[./]\d+)*")
_ASCII = lazy_pattern(r"[a-z0-9]+(?:'[a-z0-9]+)?")
# A word so short is not put right: too many others are near it.
SHORTEST = 5
# Words of questions that say nothing of what is asked about.
_EMPTY = (
    "a an the of in on at to for from by with and or as is was were are be been being do did does done has have had "
    "that this these those it its their them they there any please could would can will shall should you your me us "
    "we i like want know need so if into about s d ll not no than then also just same some what which who whom "
    "whose when where how why much exactly precisely thank thanks hello hi hey tell give show list name find say "
    "says said according whether osce report 2011 year one ones another all every each both between during within "
    "against via per over under up out own actually really ever before after through who's what's i'd"
)
EMPTY = frozenset(_EMPTY.split())
# Small numbers in words, from two on.
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Words that ask for a sum, as a pattern.
IN_ALL = "in all|all together|altogether|in total|overall|combined"
# Short words that ask, as they are mistyped.
ASKED_WRONG = {"wich": "which", "whcih": "which", "wat": "what", "waht": "what", "hwo": "who", "wehn": "when", "wth": "with"}
# What is no mistyping of a word of the report; the files of phrases that have more such words.
_MEANT, _PHRASES = frozenset({"spend", "spends"}), ("filters.txt", "papers.txt", "plain.txt")


class Word(NamedTuple):
    """A word of a question: where it stands, as it was typed, folded, and its stem."""

    start: int
    end: int
    typed: str
    plain: str
    stem: str

    @property
    def is_capital(self) -> bool:
        """Whether it is written like an acronym."""
        return self.typed.isupper() or (self.typed[:1].isupper() and self.typed[1:] != self.typed[1:].lower())

    @property
    def is_name(self) -> bool:
        """Whether it is written like part of a name, not at the beginning of the sentence."""
        return self.start > 0 and self.typed[:1].isupper()


def plain(text: str) -> str:
    """Return a word without case and accents.

    >>> plain("Niš")
    'nis'
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().replace("ı", "i")


@functools.cache
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@functools.cache
def kept_stems() -> dict[str, str]:
    """Return the stems of all words of the graph, as `queries/stems.txt` keeps them: finding them anew takes seconds."""
    path = resources.queries_dir() / "stems.txt"
    lines = resources.text_of(path).splitlines() if path.is_file() else []
    return dict(line.split(" ") for line in lines if line and not line.startswith("#"))


def stem(word: str) -> str:
    """Return the stem of a folded English word (Porter 2).

    >>> stem("organizers") == stem("organised") == stem("organise")
    True
    """
    return kept_stems().get(word) or find_stem(word)


@functools.lru_cache(maxsize=50_000)
def find_stem(word: str) -> str:
    """Return the stem of a word, found by the stemmer; a number has none, and needs no stemmer, which is slow to import."""
    if word.isdigit():
        return word
    word = re.sub(r"'s?$", "", word)
    word = re.sub(r"is(e|ed|es|ing|er|ers|ation|ations)$", r"iz\1", word) if len(word) > 6 else word
    return str(_stemmer().stemWord(word))  # type: ignore[attr-defined]


def words(text: str) -> list[Word]:
    """Return the words of a text; "SPMU's" is the word SPMU."""
    found = []
    text = text.replace("on-line", "online ").replace("On-line", "Online ")
    for match in _WORD.finditer(text):
        typed = re.sub(r"['’]s$|['’]$", "", match[0])
        folded = plain(typed)
        found.append(Word(match.start(), match.end(), typed, folded, stem(folded)))
    return found


@functools.lru_cache(maxsize=50_000)
def tokens(text: str) -> frozenset[str]:
    """Return the words of a text, folded."""
    text = text.replace("on-line", "online").replace("On-line", "Online")
    if text.isascii():
        # Nearly all texts: one look at each word is enough.
        return frozenset(word[:-2] if word.endswith("'s") else word for word in _ASCII.findall(text.lower()))
    return frozenset(plain(re.sub(r"['’]s$|['’]$", "", word)) for word in _WORD.findall(text))


@functools.lru_cache(maxsize=50_000)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text; names recur, so they are kept."""
    kept = kept_stems()
    return frozenset([kept.get(word) or find_stem(word) for word in tokens(text)])


@functools.cache
def ignored() -> frozenset[str]:
    """Return the folded words that say nothing where nothing else is said, as `queries/cues.txt` lists them."""
    return frozenset(word for word, names in cues().items() if "ignored" in names)


@functools.cache
def cues() -> dict[str, frozenset[str]]:
    """Return for each folded word the cues that it stands for, as listed in `queries/cues.txt`."""
    found: dict[str, set[str]] = {}
    for line in resources.word_lines("cues.txt"):
        cue, _, forms = line.partition(":")
        for form in forms.split():
            if "_" not in form:
                found.setdefault(plain(form), set()).add(cue.strip())
    return {form: frozenset(names) for form, names in found.items()}


@functools.cache
def meant() -> frozenset[str]:
    """Return words that are no mistyping of a word of the report, though none there is the same: those of phrases."""
    every = (line for name in _PHRASES for line in resources.word_lines(name))
    # What a phrase says stands before "<-", how a plain question is read behind "->".
    said = (re.split(r" <- | = ", line)[-1].split(" -> ")[0] for line in every)
    return _MEANT.union(undoing(), *map(_ASCII.findall, said))


@functools.cache
def undoing() -> frozenset[str]:
    """Return the words, in every form, by which a deed did not come about or was undone: "refused", "cancelled"."""
    return frozenset(word for line in resources.word_lines("changes.txt") for word in line.split())


@functools.cache
def cue_phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the words of all cues of several words, each with its cue."""
    found = []
    for line in resources.word_lines("cues.txt"):
        cue, _, forms = line.partition(":")
        for form in forms.split():
            if "_" in form:
                found.append((tuple(form.split("_")), cue.strip()))
    return tuple(found)


@functools.cache
def _pattern(said: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a cue of several words; compiled only for texts that have these words."""
    words = r"[\s-]+(?:the\s+)?".join(map(re.escape, said))
    return re.compile(rf"\b{words}\b", re.IGNORECASE)


def _fitting(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield where cues of several words stand in a text."""
    folded = text.casefold()
    for said, cue in cue_phrases():
        if all(word.casefold() in folded for word in said):
            for match in _pattern(said).finditer(text):
                yield match, cue


def phrases(text: str) -> set[str]:
    """Return the cues of several words that a text holds; in `queries/cues.txt` they are written with "_" between.

    >>> sorted(phrases("Who took part in it?"))
    ['takepart']
    """
    return {cue for _, cue in _fitting(text)}


def phrase_spans(text: str) -> list[tuple[int, int]]:
    """Return where the cues of several words stand in a text: their words say nothing else."""
    return [match.span() for match, _ in _fitting(text)]


def right(word: Word, known: Mapping[str, object]) -> Word:
    """Return the word, or the known word that it is a mistyping of: one letter off, two in a long one."""
    if word.plain in ASKED_WRONG:
        return Word(word.start, word.end, word.typed, ASKED_WRONG[word.plain], stem(ASKED_WRONG[word.plain]))
    if word.plain in known or len(word.plain) < SHORTEST or not word.plain.isalpha() or word.plain in meant():
        return word
    from rapidfuzz import distance, process

    most = 1 if len(word.plain) < 8 else 2
    found = process.extractOne(word.plain, known.keys(), scorer=distance.OSA.distance, score_cutoff=most)
    if found is None or found[0][0] != word.plain[0]:
        return word
    return Word(word.start, word.end, word.typed, found[0], stem(found[0]))
