"""Which articles a search may find."""

from dataclasses import dataclass
from datetime import date

from recsys.errors import SettingError


@dataclass(frozen=True, kw_only=True)
class SearchFilter:
    """Which articles may be found.

    Attributes
    ----------
    languages, kinds
        Only these languages and content types; empty for all, ``""`` is the unknown one.
    topics
        Only these topics; empty for all, ``""`` is none. See `Index.with_topics`.
    since, until
        Only articles of these days and between, in UTC. With either, articles of unknown date
        are not found.
    min_readers, max_readers
        Only articles that so many people read, both included.

    Raises
    ------
    SettingError
        If `since` is after `until`, or `min_readers` above `max_readers`, or either below 0.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> chosen = recsys.SearchFilter(languages=("pt",), min_readers=20)
    >>> bool((recsys.search_items(model, "", 5, chosen)["readers"] >= 20).all())
    True
    """

    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    min_readers: int = 0
    max_readers: int | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise SettingError(
                f"{self.since} is after {self.until}.", where="since", todo="Swap the two days."
            )
        if self.min_readers < 0:
            raise SettingError(
                f"{self.min_readers} is not allowed.", where="min_readers", todo="Give 0 or more."
            )
        if self.max_readers is not None and self.max_readers < self.min_readers:
            raise SettingError(
                f"{self.max_readers} is less than the least, {self.min_readers}.",
                where="max_readers",
                todo="Give a larger number.",
            )


ALL = SearchFilter()  # articles may be found
