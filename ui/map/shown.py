"""What the map shows: the model, its topics and places, and what is asked for."""

from dataclasses import dataclass

import numpy as np

from recsys.dataset import Tables
from recsys.maps import Places
from recsys.models import Model
from recsys.topics import FinerTopics, Topics
from ui.map.asked import Asked
from ui.session.workspace import Workspace


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """What the map shows.

    Attributes
    ----------
    topics, finer
        None until they are found.
    """

    here: Workspace
    model: Model
    asked: Asked
    places: Places
    topics: Topics | None
    finer: FinerTopics | None

    @property
    def tables(self) -> Tables:
        """The data."""
        return self.here.data.tables

    @property
    def scene(self) -> str:
        """Stands for what does not change while one looks."""
        return f"{self.model.fingerprint}-{self.places.method}"

    def found(self, name: str) -> tuple[Topics, int] | None:
        """The topic of a name, or the finer one, and its place; by an earlier name as well."""
        for topics in filter(None, (self.topics, self.finer)):
            if name in topics.names:
                return topics, topics.names.index(name)
        for topics in filter(None, (self.topics, self.finer)):
            if name in topics.formerly:
                return topics, topics.formerly[name]
        return None

    def rows_of_topic(self, name: str) -> np.ndarray:
        """The articles of a topic, or of a finer one; none where there is none of that name."""
        if (found := self.found(name)) is None:
            return np.zeros(0, dtype=int)
        topics, place = found
        return np.flatnonzero(topics.of == place)
