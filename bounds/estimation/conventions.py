"""What scikit-learn expects of an estimator, with and without scikit-learn."""

from __future__ import annotations

import inspect
import math
import sys
from collections.abc import Callable
from decimal import Decimal
from numbers import Real
from threading import RLock
from typing import Any, Self

import numpy as np

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import read_share, read_whole
from bounds.estimation.counts import Doubles


class NotFitted(InputError, AttributeError):
    """The estimator has seen no report yet."""


class EstimateWarning(UserWarning):
    """Something about the reports that a user would not expect; see `PossibleMeans.notes_`."""


def not_fitted(message: str) -> NotFitted:
    """The error; also scikit-learn's own, where that is loaded, for its tools look for it."""
    theirs = getattr(sys.modules.get("sklearn.exceptions"), "NotFittedError", None)
    if theirs is None:
        return NotFitted(message)
    error: NotFitted = type("NotFitted", (NotFitted, theirs), {})(message)
    return error


class Conventions:
    """Parameters by name, one-dimensional input in either shape, scikit-learn's tags, and a lock.

    `__init__` may set parameters alone, and `vars` may hold no lock, which cannot be copied; so it
    has a slot, and is made with the object. Copies have their own.
    """

    __slots__ = ("__dict__", "__weakref__", "_lock")
    n_features_in_: int
    _lock: RLock

    def __new__(cls, *_: Any, **__: Any) -> Self:
        """An object with a lock of its own."""
        made = super().__new__(cls)
        made._lock = RLock()
        return made

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002 - nothing is nested
        """The parameters, by name."""
        return {name: getattr(self, name) for name in self._names()}

    def set_params(self, **parameters: Any) -> Self:
        """Change parameters; what was fitted stays until the next fit."""
        known = self._names()
        for name, value in parameters.items():
            if name not in known:
                raise InputError(f"no parameter is called {name!r}: they are {', '.join(known)}")
            setattr(self, name, value)
        return self

    @classmethod
    def _names(cls) -> list[str]:
        return [name for name in inspect.signature(cls.__init__).parameters if name != "self"]

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({told})"

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            input_tags=InputTags(two_d_array=True, allow_nan=True),
        )

    def _read(self, values: Any, *, fitting: bool) -> Doubles:
        """Reports or samples as float64 of shape (n,)."""
        numbers = read_column(values)
        if not fitting and np.isinf(numbers).any():
            raise InputError("a client's own sample must be finite: it holds inf")
        self.n_features_in_ = 1
        return numbers


def read_column(values: Any) -> Doubles:
    """One number a client, as float64 of shape (n,).

    Args:
        values: shape (n,) or (n, 1): integers or floats of any width, or an array of objects that
            are numbers, where None is no number.

    Raises:
        InputError: they have another shape, there is none, or they are something else.
    """
    return _read_numbers(values, _as_column, "in one column")


def read_rows(values: Any) -> Doubles:
    """Some numbers a client, as float64 of shape (n, d).

    Args:
        values: shape (n, d), of the types that `read_column` takes.

    Raises:
        InputError: they have another shape, there is none, or they are something else.
    """
    return _read_numbers(values, _as_rows, "in rows of one length")


def read_corrupted(contamination: Any, share: Any, k: Any) -> Any:
    """The parameter c: as it was passed, or from a share of the clients, which is k s/(1 − s).

    Raises:
        InputError: both were passed, or the share is none.
    """
    if share is None:
        return contamination
    if contamination != 0:
        raise InputError(
            "pass share or contamination, not both: a share s is the contamination k s/(1 - s)"
        )
    part = read_share(share)
    return read_whole(k, "k") * part / (1 - part)


def _read_numbers(values: Any, in_shape: Callable[[Any], Any], laid_out: str) -> Doubles:
    if hasattr(values, "toarray"):
        raise InputError("sparse input is not supported: pass its dense form, X.toarray()")
    if np.ma.is_masked(values):
        raise InputError(
            "some of these numbers are masked: pass x.compressed(), without them, or"
            " x.filled(np.nan), where they count as reports of corrupted clients"
        )
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InputError(f"these are no numbers {laid_out}: {error}") from None
    if array.dtype.kind == "c":
        raise InputError("Complex data not supported: pass real numbers")
    array = in_shape(array)
    if array.dtype.kind not in "iufO":
        raise InputError(f"reports must be numbers, not of the type {array.dtype}")
    try:
        if array.dtype.kind == "O":
            array = np.array([_number(value) for value in array.flat]).reshape(array.shape)
        with np.errstate(over="ignore"):  # a long double that is larger than every float
            return array.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise InputError("reports must be numbers that a float can be") from None


def _as_column(array: Any) -> Any:
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        raise InputError(
            f"reports are one number a client, shape (n,) or (n, 1), not {array.shape}:"
            " estimate each coordinate by itself"
        )
    if not array.size:
        raise InputError("there is no report (0 samples): a minimum of 1 is required")
    return array


def _as_rows(array: Any) -> Any:
    if array.ndim != 2:
        raise InputError(
            f"reports are one row a client, shape (n, d), not {array.shape}. Reshape your data"
        )
    if not array.size:
        raise InputError(
            f"there is no report: found array with {array.shape[0]} sample(s) and"
            f" {array.shape[1]} feature(s) (shape={shown(array.shape)}) while a minimum of 1 is"
            " required."
        )
    return array


def _number(value: Any) -> float:
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise TypeError
    return float(value)
