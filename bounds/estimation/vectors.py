"""Reports that are vectors: groups found on few directions, and a robust mean in each.

Nothing is proved of it. The theorem of `bounds.upper.sample_size` is about one dimension, or about
directions that do not depend on the reports. What is measured is on the page of the estimators.

1. Directions: the leading ones of all reports around their coordinate-wise median, none of them
   farther from it than the share of the genuine ones is. On these the groups are apart, and the
   noise of the other directions is gone.
2. Groups: the place with the most reports near, without these the next one, and so on, while a
   third of a group is left.
3. In each group a mean. Reports whose length no noise explains are left out. Where the variance
   along some direction is more than that of noise, somebody has shaped the reports: along it the
   mean is replaced by Tukey's biweight, and the next direction is looked for. (Where variance is
   normal in all directions no few reports move a mean by much: I. Diakonikolas, G. Kamath, D. Kane,
   J. Li, A. Moitra and A. Stewart, Robust estimators in high dimensions, SIAM J. Comput. 48, 2019.)
4. A client takes the mean of the group next to its sample, without its own report; it keeps its
   sample where none is near.
"""

from __future__ import annotations

import math
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational, read_rational, read_whole
from bounds.estimation.centres import biweight_of
from bounds.estimation.conventions import (
    Conventions,
    not_fitted,
    read_corrupted,
    read_rows,
)
from bounds.estimation.counts import Doubles, Integers
from bounds.estimation.groups import (
    FARTHEST,
    Found,
    Group,
    are_labels,
    in_units,
    labels_of,
    placed_on,
    squared_lengths,
    squares_between,
)
from bounds.estimation.samples import read_seed

_MOST_CANDIDATES = 2000
_LEAST_OF_A_GROUP = 1 / 3
_ROUNDS = 30
_POWERS = 30
_MOST_DIRECTIONS = 30
_LENGTH = 5.0  # standard deviations of a squared length
_BLOCK = 1 << 22  # numbers
_FORMAT = 1


class VectorMeans(Conventions):
    """Robust personalised mean estimation of vectors. Nothing is proved of it.

    Reports come from k groups, each normal around its mean with the same variance in every
    direction, and from corrupted clients. See `bounds.estimation.vectors` for the algorithm.

    All reports have to be there at once: the directions, and who is near a median, depend on all of
    them, so that there is no `partial_fit` and nothing merges. Threads may share an estimator.

    Args:
        n_components: k ≥ 1.
        contamination: c ≥ 0, corrupted mass in the unit of one group's genuine clients.
        separation: D > 0, the means are at least so far apart, in the unit of the reports.
        random_state: of the reports that are tried as centres, where there are more than 2,000, and
            of the search for directions: None or a whole number from 0 to below 2^128.
        sd: standard deviation of a genuine report along every direction.
        share: in place of c, the share of corrupted clients: "5%", "0.05" or Fraction(1, 20).

    Attributes:
        means_: of `fit`: the means of the groups found, shape (groups, d).
        labels_: of `fit`: shape (n,), the group of each report, −1 for none.
    """

    n_components: Any
    contamination: Any
    separation: Any
    random_state: Any
    sd: Any
    share: Any
    means_: Doubles
    labels_: Integers
    _found: Found

    def __init__(
        self,
        n_components: Any = 1,
        contamination: Any = 0,
        separation: Any = 18,
        random_state: Any = None,
        sd: Any = 1,
        share: Any = None,
    ) -> None:
        self.n_components = n_components
        self.contamination = contamination
        self.separation = separation
        self.random_state = random_state
        self.sd = sd
        self.share = share

    def fit(self, reports: Any, y: Any = None) -> Self:  # noqa: ARG002 - theirs
        """Find the groups and their means.

        Args:
            reports: shape (n, d), in the unit in which sd is given. A row with a number that is
                infinite or none belongs to no group.
            y: ignored.

        Raises:
            InputError: the reports have another shape or type, or a parameter is malformed.
        """
        rows = read_rows(reports)
        k, share = read_whole(self.n_components, "k"), self._share()
        unit = float(read_positive_rational(self.sd, "sd"))
        distance = float(read_positive_rational(self.separation, "the distance")) / unit
        rng = np.random.default_rng(read_seed(self.random_state))
        if not 1e-150 < unit < 1e150:
            raise InputError("sd must be from 1e-150 to 1e150: use another unit")
        with self._lock:
            sound = np.isfinite(rows).all(axis=1)
            own = in_units(rows[sound], unit)
            start, directions = _directions(own, k, share, rng)
            placed = placed_on(own, start, directions)
            # members of a group lie √q from its mean, and √(q + D²) from another
            farthest = placed.shape[1] + distance * distance / 2
            least = _LEAST_OF_A_GROUP * own.shape[0] * (1 - share) / k
            places = _places(placed, farthest, max(least, 2.0), rng)
            labels = labels_of(placed, places, farthest)
            groups = tuple(_mean_of(own[labels == label]) for label in range(places.shape[0]))
            self._found = Found(unit, start, directions, farthest, places, groups)
            self.labels_ = np.full(rows.shape[0], -1)
            self.labels_[sound] = labels
            self.means_ = self._found.means.copy()
            self.n_features_in_ = rows.shape[1]
        return self

    def predict(self, own_samples: Any, counted: bool = False) -> Doubles:
        """What clients estimate, given their own samples.

        Args:
            own_samples: shape (n, d); a row with NaN stays NaN.
            counted: whether they are among the reports of `fit`; each is left out of its mean then.

        Returns:
            The estimates of the clients' means; shape (n, d).

        Raises:
            InputError: the samples have another shape or type, or one is infinite.
            NotFitted: no report has been seen.
        """
        with self._lock:
            found: Found | None = getattr(self, "_found", None)
        return self._told(found, read_rows(own_samples), counted=counted)

    def fit_predict(self, reports: Any, y: Any = None) -> Doubles:  # noqa: ARG002
        """Find the groups, and estimate for the clients who reported; none may be infinite."""
        with self._lock:  # another thread that fits this estimator waits
            found = self.fit(reports)._found
        return self._told(found, read_rows(reports), counted=True)

    @property
    def risk_bound_(self) -> None:
        """None: nothing is proved of this estimator.

        `bounds.bracket.risk_bracket(..., dimension=d)` has what is proved of the best one.

        Raises:
            NotFitted: no report has been seen.
        """
        if not hasattr(self, "_found"):
            raise not_fitted("this VectorMeans has seen no report: call fit first")

    @property
    def why_no_bound_(self) -> str:
        """Why `risk_bound_` is None.

        Raises:
            NotFitted: no report has been seen.
        """
        _ = self.risk_bound_
        return (
            "directions and groups are found from the reports, also from a client's own, and the"
            " proofs need its sample to be independent of them"
        )

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_found")

    def __getstate__(self) -> dict[str, Any]:
        with self._lock:
            known = dict(vars(self))
        found: Found | None = known.pop("_found", None)
        known.pop("means_", None)
        return {"format": _FORMAT, "found": found and found.state(), "known": known}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Read what was written; what cannot be is refused.

        Raises:
            InputError: it is not what this class writes.
        """
        if not isinstance(state, dict) or state.get("format") != _FORMAT:
            raise InputError("this was written by another version: call fit once more")
        known = state.get("known")
        fitted = {"labels_", "n_features_in_"}
        if not isinstance(known, dict) or not set(self._names()) <= set(known):
            raise InputError("these are not the attributes of a VectorMeans")
        if not set(known) <= {*self._names(), *fitted}:
            raise InputError("these are not the attributes of a VectorMeans")
        if state.get("found") is not None:
            found = Found.read(state["found"])
            labels = known.get("labels_")
            if known.get("n_features_in_") != found.start.size or not are_labels(labels, found):
                raise InputError("these are not the labels of a VectorMeans")
            self._found, self.means_ = found, found.means.copy()
        elif fitted & set(known):
            raise InputError("a VectorMeans with labels has groups: they are missing")
        vars(self).update(known)

    def _told(self, found: Found | None, rows: Doubles, *, counted: bool) -> Doubles:
        """What clients estimate."""
        if found is None:
            raise not_fitted("this VectorMeans has seen no report: call fit first")
        if rows.shape[1] != found.start.size:
            raise InputError(
                f"X has {rows.shape[1]} features, but VectorMeans is expecting"
                f" {found.start.size} features as input"
            )
        if np.isinf(rows).any():
            raise InputError("a client's own sample must be finite: it holds inf")
        estimates = rows.copy()
        step = max(1, _BLOCK // rows.shape[1])
        for start in range(0, rows.shape[0], step):
            here = slice(start, start + step)
            own = in_units(rows[here], found.unit)
            labels = found.labels(own)
            for label, group in enumerate(found.groups):
                mine = np.flatnonzero(labels == label)
                told = group.without(own[mine]) if counted else group.mean
                estimates[start + mine] = told * found.unit
        return estimates

    def _share(self) -> float:
        """The share of corrupted clients."""
        k = read_whole(self.n_components, "k")
        mass = read_rational(read_corrupted(self.contamination, self.share, k), "c")
        if mass < 0:
            raise InputError("c must be at least 0: it is corrupted mass")
        return float(mass / (k + mass))


def _directions(
    own: Doubles, k: int, share: float, rng: np.random.Generator
) -> tuple[Doubles, NDArray[np.float64]]:
    """The coordinate-wise median, and the leading directions around it; shape (d, q)."""
    number, width = own.shape
    middle: Doubles = np.median(own, axis=0) if number else np.zeros(width)
    wanted = 2 * k + 2
    if wanted >= min(number, width):
        return middle, np.eye(width)
    away = np.clip(own - middle, -FARTHEST, FARTHEST)
    lengths = np.sqrt(np.einsum("ij,ij->i", away, away))
    longest = float(np.quantile(lengths, 1 - share))
    away *= np.minimum(1, longest / np.maximum(lengths, 1e-300))[:, np.newaxis]
    basis = rng.standard_normal((width, wanted))
    for _ in range(4):  # of these powers the leading directions are left
        basis = np.linalg.qr(away.T @ (away @ basis))[0]
    # on directions of noise alone the reports that chose them are farther apart than others
    turned, lengths, _ = np.linalg.svd(basis.T @ away.T, full_matrices=False)
    most = int((np.square(lengths) > _noise(number, width) * number).sum())
    return middle, basis @ turned[:, : max(most, 1)]


def _places(
    placed: Doubles, farthest: float, least: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """The middles of the groups on the directions; shape (groups, q)."""
    width = placed.shape[1]
    left, found = placed, []
    # two of a group are √(2q) apart on average, and one √q from its mean
    near = 2 * width + min(farthest - width, 2 * math.sqrt(8 * width))
    inner, within = width + math.sqrt(2 * width) + 2, min(farthest, _spread_to(width))
    while left.shape[0] >= least:
        tried = left[rng.permutation(left.shape[0])[:_MOST_CANDIDATES]]
        number = (squares_between(tried, tried) <= near).sum(axis=1)
        place, reach = tried[number.argmax()], near
        for _ in range(_ROUNDS):
            members = left[squares_between(left, place[np.newaxis])[:, 0] <= reach]
            before, place = place, np.median(members, axis=0) if members.size else place
            if np.abs(before - place).max() < 1e-9:
                break
            reach = inner  # a place next to it has few reports so near
        mine = squares_between(left, place[np.newaxis])[:, 0] <= within
        if not mine.any():
            break
        if mine.sum() >= least:
            found.append(place)
        left = left[~mine]
    return np.array(found).reshape(len(found), width)


def _mean_of(own: Doubles) -> Group:
    """The robust mean of the reports of a group."""
    middle = np.median(own, axis=0)
    width = own.shape[1]
    squares = squared_lengths(own, middle)
    longest = _spread_to(width) + width * math.pi / 2 / own.shape[0]  # of the median, too
    kept = own[squares <= longest]
    if not kept.shape[0]:
        return Group(middle, middle, longest, 0)
    mean = kept.mean(axis=0)
    return Group(_moved(kept - mean) + mean, middle, longest, kept.shape[0])


def _spread_to(width: int) -> float:
    """A squared length that normal noise hardly exceeds."""
    return width + _LENGTH * math.sqrt(2 * width) + 2 * _LENGTH


def _noise(number: int, width: int) -> float:
    """A variance along any direction that noise alone hardly exceeds.

    The largest is about (1 + √(d/n))² (V. Marchenko and L. Pastur, Mathematics of the USSR –
    Sbornik 1, 1967), and a share of n^(−2/3) more or less by chance.
    """
    return float((1 + math.sqrt(width / number)) ** 2 * (1 + 2 * number ** (-2 / 3)))


def _moved(away: Doubles) -> Doubles:
    """What is added to the mean 0 of some rows: along directions of too much variance.

    One after the other, each left out for the next.
    """
    number, width = away.shape
    added, ones = np.zeros(width), np.ones(number)
    edge = _noise(number, width)
    rest = away.copy()
    direction = np.ones(width)
    for _ in range(min(_MOST_DIRECTIONS, width)):
        direction = rest.T @ (rest @ (direction + rest[-1]))
        for _ in range(_POWERS):
            length = float(np.linalg.norm(direction))
            if not length > 0:
                return added
            direction = rest.T @ (rest @ (direction / length))
        length = float(np.linalg.norm(direction))
        if not length > edge * number:  # the largest variance times the number
            break
        direction /= length
        along = rest @ direction
        added += biweight_of(along, ones, float(np.median(along))) * direction
        rest -= np.outer(along, direction)
    return added
