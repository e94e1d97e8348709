"""Measure `oscegraph ask`: a question as a process beside `oscegraph who`, and made-up strings in one process.

    python benchmarks/ask.py                 10,000 made-up strings (some ten minutes)
    python benchmarks/ask.py --strings 1000  fewer

Processes are run alternately, so that a slow moment of the machine hits both; the median counts. A made-up string is noise,
a question with wrong letters, words in a row, two questions in one, or a question with its words shuffled and said again.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import string
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run import process

import oscegraph
from oscegraph.asking.ask import Asker
from oscegraph.cli import GARBAGE

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "questions" / "training.jsonl"
# Questions that nothing is learned from: all kinds, as readers of the report thought of them.
READERS = QUESTIONS.with_name("later.jsonl")
ASKED = (
    "Who funded the Linux-based cybercrime course held in Belgrade in November 2011?",
    "Which earlier decisions does PC.DEC/810 recall?",
    "How many staff does the OSCE Mission to Serbia have against organized crime?",
    "Did ODIHR and the OSR/CTHB ever work together?",
    "Where and when did the OSCE Presence in Albania support the HIDAA workshops?",
)
ROUNDS, SEED, LIMIT = 5, 2011, 1.0
# So many questions of readers are put as processes, and the seconds that none should take.
REAL, GOAL = 60, 0.4
LETTERS = string.printable + "äöüßéèñçşğıĞİœæ…–—„“”’‘«»€£漢字кирилица٣٤५६🙂\u202e\u200b\x00\x07"


def processes() -> None:
    """Print the seconds of a question as a process, of `who` as one, and the ratio."""
    command = [str(Path(sys.executable).with_name("oscegraph"))]
    who, ask = [], []
    for text in ASKED * ROUNDS:
        who.append(process([*command, "who", "UNODC"])[0])
        ask.append(process([*command, "ask", text])[0])
    one, other = statistics.median(ask), statistics.median(who)
    print(f"a question as a process: {one:.2f} s ({min(ask):.2f} to {max(ask):.2f})")
    print(f"who UNODC as a process:  {other:.2f} s ({min(who):.2f} to {max(who):.2f}); ratio {one / other:.2f}")
    texts = random.Random(SEED).sample(known(READERS), REAL)
    real = sorted((min(process([*command, "ask", text], (0, 1))[0] for _ in range(2)), text) for text in texts)
    seconds = [second for second, _ in real]
    quick = sum(second < GOAL for second in seconds)
    print(f"{REAL} questions of readers, each as a process, the faster of two runs:")
    most = seconds[REAL * 9 // 10]
    print(f"  {statistics.median(seconds):.2f} s, nine tenths in {most:.2f} s; {quick} in less than {GOAL} s; the slowest:")
    print(f"  {real[-1][0]:.2f} s  {real[-1][1][:100]!r}")


def known(path: Path) -> list[str]:
    """Return the questions of a file."""
    return [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]


def made_up(number: int, questions: list[str], draw: random.Random) -> str:
    """Return a made-up string; its number says of which of five kinds."""
    words = [word for text in draw.sample(questions, 20) for word in text.split()]
    match number % 5:
        case 0:
            return "".join(draw.choice(LETTERS) for _ in range(draw.randrange(1, 200)))
        case 1:
            letters = list(draw.choice(questions))
            for _ in range(draw.randrange(1, 12)):
                letters[draw.randrange(len(letters))] = draw.choice(LETTERS)
            return "".join(letters)
        case 2:
            return " ".join(draw.choice(words) for _ in range(draw.randrange(1, 40)))
        case 3:
            return f"{draw.choice(questions)[: draw.randrange(1, 90)]} and {draw.choice(questions)}"
        case _:
            shuffled = draw.choice(questions).split()
            draw.shuffle(shuffled)
            return " ".join(shuffled * draw.randrange(1, 4))


def strings(count: int) -> bool:
    """Ask made-up strings; print the mean and the slowest; return whether none failed or took too long."""
    # As the command line does, which answers many questions line by line.
    gc.set_threshold(*GARBAGE)
    asker = Asker(oscegraph.load().store)
    questions = known(QUESTIONS)
    draw = random.Random(SEED)
    asker.ask(ASKED[0])
    seconds: list[tuple[float, str]] = []
    failed = []
    for number in range(count):
        text = made_up(number, questions, draw)
        start = time.process_time()
        try:
            json.dumps(asker.ask(text).as_dict())
        except Exception as error:
            failed.append(f"{type(error).__name__}: {text[:80]!r}")
        seconds.append((time.process_time() - start, text))
    slowest = sorted(seconds, reverse=True)[:3]
    mean = statistics.fmean(second for second, _ in seconds)
    longest = slowest[0][0]
    print(f"{count} made-up strings: {len(failed)} failed; mean {1000 * mean:.0f} ms, slowest {longest:.2f} s")
    print(f"  {sum(second > LIMIT for second, _ in seconds)} took over {LIMIT} s (seconds of processor time); the slowest:")
    for second, text in slowest:
        print(f"  {second:.2f} s  {text[:100]!r}")
    for line in failed[:10]:
        print(f"  {line}")
    return not failed and longest < LIMIT


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description="Measure `oscegraph ask`.")
    parser.add_argument("--strings", type=int, default=10_000, help="so many made-up strings (10000)")
    given = parser.parse_args()
    processes()
    if not strings(given.strings):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
