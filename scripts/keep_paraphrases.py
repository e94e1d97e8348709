"""Write what people say for plain questions as it is compared with a question: `queries/paraphrases.json`.

python scripts/keep_paraphrases.py            write it
python scripts/keep_paraphrases.py --check    exit with 1 if it is not up to date
"""

from __future__ import annotations

import sys

from oscegraph import resources
from oscegraph.asking import paraphrases


def main() -> int:
    """Write the file, or say whether it is up to date."""
    folder = resources.queries_dir()
    text = paraphrases.dump(resources.text_of(folder / "paraphrases.txt").splitlines())
    path = folder / "paraphrases.json"
    if "--check" in sys.argv[1:]:
        return int(path.read_text(encoding="utf-8") != text)
    path.write_text(text, encoding="utf-8")
    print(f"paraphrases.json: {text.count(chr(10)) - 2} combinations of names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
