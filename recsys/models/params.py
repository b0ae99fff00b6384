"""Hyperparameters of alternating least squares."""

import math
from dataclasses import asdict, dataclass, fields

from recsys.errors import SettingError


@dataclass(frozen=True)
class Bounds:
    """Inclusive limits of one parameter, and what it does in one line."""

    low: float
    high: float
    explains: str


BOUNDS = {
    "factors": Bounds(
        1, 512, "Numbers that describe each article and reader. More capture finer differences."
    ),
    "regularization": Bounds(
        0.0, 1e6, "Pulls the factors towards zero. More gives more stable neighbours."
    ),
    "iterations": Bounds(1, 500, "Rounds of learning. The loss shows when more do not help."),
    "alpha": Bounds(
        1e-6,
        1e6,
        "How much a read counts compared with no read: confidence is alpha × strength.",
    ),
    "seed": Bounds(
        0,
        2**32 - 1,
        "Sets the random start. The same seed gives the same model on the same machine.",
    ),
}
_WHOLE = {"factors", "iterations", "seed"}


@dataclass(frozen=True, kw_only=True)
class ALSParams:
    """Parameters of implicit's ``AlternatingLeastSquares``, validated when made.

    Attributes
    ----------
    factors
        Length of a factor vector.
    regularization
        λ in Hu, Koren & Volinsky (2008), the same for every row.
    iterations
        Alternations of the two least-squares halves.
    alpha
        Confidence is ``alpha * strength`` (implicit's convention, not ``1 + alpha * r``).
    seed
        Seed of the random start. It gives the same factors to the last bit on one machine, by
        however many threads; another kind of processor rounds otherwise (docs/stability.md).

    Raises
    ------
    SettingError
        If a value is not a number or outside of `BOUNDS`.

    Examples
    --------
    >>> import recsys
    >>> recsys.ALSParams(factors=64)
    ALSParams(factors=64, regularization=0.1, iterations=50, alpha=15.0, seed=0)
    >>> recsys.PRESETS["Stable"].factors
    64
    """

    factors: int = 20
    regularization: float = 0.1
    iterations: int = 50
    alpha: float = 15.0
    seed: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = checked(field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value)

    def as_dict(self) -> dict[str, float]:
        """The parameters by name."""
        return asdict(self)


def start_params(people: int) -> ALSParams:
    """The parameters to begin with on data of so many people, where nobody chose any.

    Those of *Stable*, which beat the tutorial's on all data that was measured (docs/stability.md);
    on few people so much regularization can press all factors to nothing, so there the tutorial's.
    """
    return PRESETS["Stable" if people >= MANY_PEOPLE else "Tutorial"]


def preset(name: str) -> ALSParams:
    """The parameters of a preset, in whatever case its name is written.

    Raises
    ------
    SettingError
        If there is none of that name.
    """
    known = {one.lower(): params for one, params in PRESETS.items()}
    if name.lower() not in known:
        raise SettingError(
            f"no preset {name!r}.",
            where="preset",
            todo=f"Known: {', '.join(PRESETS)}.",
            shell="--preset NAME",
        )
    return known[name.lower()]


def checked(name: str, value: object) -> int | float:
    """Return `value` as the number that parameter `name` takes, or raise `SettingError`."""
    if name not in BOUNDS:
        raise SettingError(f"no parameter {name!r};", todo=f"known: {', '.join(BOUNDS)}.")
    bounds = BOUNDS[name]
    whole = name in _WHOLE
    kind = "a whole number" if whole else "a number"
    allowed = f"Give {kind} from {in_full(bounds.low)} to {in_full(bounds.high)}."
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise SettingError(f"{value!r:.40} is not {kind}.", where=name, todo=allowed) from None
    if isinstance(value, bool) or not math.isfinite(number) or (whole and number % 1):
        raise SettingError(f"{value!r} is not {kind}.", where=name, todo=allowed)
    if not bounds.low <= number <= bounds.high:
        raise SettingError(f"{in_full(number)} is out of range.", where=name, todo=allowed)
    return int(number) if whole else number


def in_full(number: float) -> str:
    """A number for people: all digits of a large whole one, which `g` would round.

    >>> in_full(4294967295), in_full(0.1), in_full(64.0)
    ('4,294,967,295', '0.1', '64')
    """
    return f"{number:,.0f}" if number % 1 == 0 and abs(number) < 1e15 else f"{number:g}"


PRESETS: dict[str, ALSParams] = {
    "Stable": ALSParams(factors=64, regularization=100.0, iterations=15),
    "Tutorial": ALSParams(),
    "Soft": ALSParams(alpha=1.0),
    "Quick": ALSParams(iterations=10),
}
MANY_PEOPLE = 300
PRESET_NOTES = {
    "Stable": "64 factors and strong regularization: the default for all but small data. On the "
    "Deskdrop data, nearly nine of the ten most similar articles stay the same with another "
    "random start, and the most hidden reads are recovered.",
    "Tutorial": "The values of the original tutorial. On the Deskdrop data, only half of the ten "
    "most similar articles stay the same with another random start.",
    "Soft": "Alpha 1, so single reads count less. On the Deskdrop data, four of five similar "
    "articles stay the same with another random start.",
    "Quick": "Ten iterations, for a first look at large data.",
}
