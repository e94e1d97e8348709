"""Questions in plain words: their words, days and names, what they may mean, and their answers."""
