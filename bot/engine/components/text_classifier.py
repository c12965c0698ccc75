"""Which of a few labels a short text most likely has: word and letter patterns, and logistic regression.

Learnt with scikit-learn, but kept as plain numbers and read with numpy alone: a model holds no pickle, and
serving needs neither scikit-learn nor its start-up time.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

SHORTEST, LONGEST = 2, 5
"""Letters in a pattern. Patterns survive a mistyped letter and a Welsh mutation where whole words do not."""

UNKNOWN = 0.3

ROUNDS = 50
"""Of learning. More change nothing that can be measured, and take as long again."""


@lru_cache(maxsize=16)
def patterns(text: str) -> Mapping[str, int]:
    """Words, pairs of neighbours, and runs of letters within a word, of a normalised text, each with how
    often it is there. Every figure is taken for the same one: 12 High Street is like 27 High Street.

    Remembered for as long as one message goes through the pipeline: each classifier asks for the same.
    """
    words = ["".join("0" if letter.isdigit() else letter for letter in word) for word in text.split()]
    found: Counter[str] = Counter(f"w:{word}" for word in words)
    found.update(f"w:{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True))
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            found.update(padded[at : at + size] for at in range(max(len(padded) - size + 1, 0)))
    return found


class TextClassifier:
    """A classifier, learnt or loaded.

    Patterns that were never seen in training count towards a text's length, each as `UNKNOWN` of the rarest
    that was, so that a text of which little is known keeps little of its weight, and no label gets sure of it.
    """

    def __init__(
        self,
        labels: Sequence[str],
        vocabulary: Mapping[str, int],
        rarity: np.ndarray,
        weights: np.ndarray,
        bias: np.ndarray,
    ) -> None:
        self.labels = tuple(labels)
        self._vocabulary = vocabulary
        self._rarity = rarity
        self._weights = weights
        self._bias = bias
        self._rarest = float(rarity.max()) if rarity.size else 1.0

    @classmethod
    def learn(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        importance: Sequence[float],
        *,
        strength: float,
        balanced: bool,
    ) -> TextClassifier:
        """Learn from normalised texts, each of some importance. `strength` is scikit-learn's C; `balanced`
        makes rare labels count as much as common ones. Needs two labels at least."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        counted = [patterns(text) for text in texts]
        seen_in = Counter(pattern for one in counted for pattern in one)
        vocabulary = {pattern: at for at, pattern in enumerate(sorted(seen_in))}
        rarity = np.array(
            [math.log((1 + len(texts)) / (1 + seen_in[pattern])) + 1 for pattern in vocabulary],
            dtype=np.float32,
        )
        blank = cls((), vocabulary, rarity, np.zeros((0, 0)), np.zeros(0))
        columns, values, starts = [], [], [0]
        for one in counted:
            at, value = blank._vector(one)
            columns.extend(at)
            values.extend(value)
            starts.append(len(columns))
        features = csr_matrix((values, columns, starts), shape=(len(texts), len(vocabulary)))
        model = LogisticRegression(
            C=strength,
            max_iter=ROUNDS,
            class_weight="balanced" if balanced else None,
            multi_class="multinomial",
        ).fit(features, list(labels), sample_weight=list(importance))
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn keeps the second class alone
            weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
        return cls(
            [str(label) for label in model.classes_],
            vocabulary,
            rarity,
            np.ascontiguousarray(weights.T, dtype=np.float32),
            bias.astype(np.float32),
        )

    def scores(self, text: str) -> list[tuple[str, float]]:
        """(label, probability), most likely first; the probabilities add up to 1."""
        at, value = self._vector(patterns(text))
        logits = (
            self._bias if not at else self._bias + np.asarray(value, dtype=np.float32) @ self._weights[at]
        )
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        return [(self.labels[index], float(odds[index])) for index in np.argsort(-odds)]

    def _vector(self, counted: Mapping[str, int]) -> tuple[list[int], list[float]]:
        at: list[int] = []
        value: list[float] = []
        square = 0.0
        for pattern, times in counted.items():
            weight = 1 + math.log(times)
            index = self._vocabulary.get(pattern)
            if index is None:
                square += (weight * self._rarest * UNKNOWN) ** 2
                continue
            weight *= float(self._rarity[index])
            square += weight**2
            at.append(index)
            value.append(weight)
        length = math.sqrt(square) or 1.0
        return at, [weight / length for weight in value]

    def save(self, folder: Path) -> None:
        (folder / "words.json").write_text(
            json.dumps({"labels": self.labels, "patterns": list(self._vocabulary)}, ensure_ascii=False),
            encoding="utf-8",
        )
        np.savez(folder / "numbers.npz", rarity=self._rarity, weights=self._weights, bias=self._bias)

    @classmethod
    def load(cls, folder: Path) -> TextClassifier:
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "numbers.npz", allow_pickle=False) as numbers:
            return cls(
                words["labels"],
                {pattern: at for at, pattern in enumerate(words["patterns"])},
                numbers["rarity"],
                numbers["weights"],
                numbers["bias"],
            )
