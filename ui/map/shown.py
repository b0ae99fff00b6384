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

    def rows_of_topic(self, name: str) -> np.ndarray:
        """The articles of a topic, or of a finer one; none where there is none of that name."""
        for topics in (self.topics, self.finer):
            if topics is not None and name in topics.names:
                return np.flatnonzero(topics.of == topics.names.index(name))
        return np.zeros(0, dtype=int)
