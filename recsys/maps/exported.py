"""A map as what leaves the house: a picture, an HTML file, a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.counting import counted
from recsys.maps.colours import colour_by
from recsys.maps.colours.colouring import Colouring
from recsys.maps.drawing import Colours, Scene, map_page
from recsys.maps.labels import Label, topic_labels
from recsys.maps.pictures.picture import map_picture
from recsys.maps.places import Places
from recsys.models import Model
from recsys.ranking import nearest, unit
from recsys.topics import FinerTopics, Topics

COLOURS = {
    "topic": lambda chart: colour_by.by_topic(chart.topics, chart.places.xy),
    "readers": lambda chart: colour_by.by_readers(chart.model),
    "recency": lambda chart: colour_by.by_recency(chart.model),
    "language": lambda chart: colour_by.by_language(chart.model),
    "type": lambda chart: colour_by.by_type(chart.model),
}
"""What a `Chart` can be coloured by without anything else."""
_NEAREST = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """What a map shows.

    Attributes
    ----------
    model
        Whose articles lie on it.
    places
        Where they lie; see `recsys.maps.neighbour_places`.
    topics, finer
        Of the model, for the names at two levels; without `finer` there is one.
    title
        What is written above.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> topics = recsys.find_topics(model, 5)
    >>> chart = recsys.Chart(model=model, places=recsys.pca_places(model), topics=topics)
    >>> chart.table().shape, chart.picture()[1:4]
    ((1459, 7), b'PNG')
    """

    model: Model
    places: Places
    topics: Topics
    finer: FinerTopics | None = None
    title: str = "Map of the articles"

    def said(self) -> str:
        """How many articles, how faithful the map is, and what must not be read out of it."""
        parts = [counted(len(self.places.xy), "articles")]
        if alone := self.places.without_place:
            parts[0] += f" ({alone:,} in the row below: the model knows too little of them)"
        found = self.places.faithfulness
        if found.k and self.places.placed.any():
            near = f"{found.k} most similar articles" if found.k > 1 else "most similar article"
            parts.append(
                f"The map keeps {found.kept:.0%} of each article's {near} "
                f"(trustworthiness {found.trustworthiness:.2f})"
            )
            parts.append("Distance on the map is not similarity")
        return ". ".join(parts) + "."

    def labels(self) -> list[Label]:
        """Names of topics, and of finer ones where a topic is divided."""
        xy = self.places.xy
        found = topic_labels(self.topics.names, self.topics.of, xy)
        if self.finer is not None:
            divided = np.where(
                np.append(self.finer.undivided, True)[self.finer.of], -1, self.finer.of
            )
            found += topic_labels(self.finer.names, divided, xy, level=1)
        return found

    def table(self) -> pd.DataFrame:
        """item_id, title, x, y, topic, finer_topic, readers; in the order of the model's articles.

        Where no finer topics are given, finer_topic repeats the topic. What has none has an empty
        name.
        """
        topics, finer = self.topics, self.finer or self.topics
        return pd.DataFrame(
            {
                Col.ITEM: self.model.items[Col.ITEM].to_numpy(),
                Col.TITLE: self.model.items[Col.TITLE].to_numpy(),
                Col.X: self.places.xy[:, 0],
                Col.Y: self.places.xy[:, 1],
                Col.TOPIC: topics.name_of(topics.of),
                Col.FINER_TOPIC: finer.name_of(finer.of),
                Col.READERS: self.model.readers,
            }
        )

    def picture(
        self,
        colouring: Colouring | None = None,
        format: str = "png",
        *,
        dark: bool = False,
        width: int = 1600,
        height: int = 900,
    ) -> bytes:
        """See `recsys.maps.map_picture`. The names are those of the broader topics.

        By default the colours are those of the topics.
        """
        return map_picture(
            self.places.xy,
            self.model.readers,
            colouring or colour_by.by_topic(self.topics),
            [label for label in self.labels() if not label.level],
            title=self.title,
            said=f"{self.said()} The larger a dot, the more readers.",
            format=format,
            dark=dark,
            width=width,
            height=height,
        )

    def page(self, colourings: Sequence[Colouring]) -> bytes:
        """One HTML file that works without a network; the first colouring is shown first."""
        model = self.model
        labels, members = [], {}
        for label in self.labels():
            groups: Topics = self.topics if not label.level or self.finer is None else self.finer
            name = f"{label.level}-{groups.place(label.text)}"
            labels.append({**label._asdict(), "id": name})
            members[name] = np.flatnonzero(groups.of == groups.place(label.text))
        offered = self.places.placed & ~model.items[Col.REMOVED].to_numpy(dtype=bool)
        near = nearest([unit(model.item_factors)], _NEAREST, offered=offered)
        near[~self.places.placed] = -1
        return map_page(
            Scene(xy=self.places.xy, titles=model.items[Col.TITLE].tolist(), readers=model.readers),
            title=self.title,
            said=self.said(),
            colours=[as_drawn(one) for one in colourings],
            labels=labels,
            members=members,
            neighbours=near,
            addresses=model.items[Col.URL].tolist(),
        )


def as_drawn(colouring: Colouring) -> Colours:
    """A colouring as the browser takes it."""
    return Colours(
        title=colouring.title,
        kind=colouring.kind,
        index=colouring.index,
        light=colouring.light,
        dark=colouring.dark,
        entries=[entry for entry in colouring.entries if entry[2]],
        ticks=[(place, label) for place, label, articles in colouring.entries if not articles],
    )


def colourings(chart: Chart, first: str = "topic") -> list[Colouring]:
    """What a chart can be coloured by, `first` before the others, without what says nothing.

    That is one that has a single colour for all articles, such as the language where none is known.
    """
    found = {name: make(chart) for name, make in COLOURS.items()}
    return [found[first]] + [
        one for name, one in found.items() if name != first and len(np.unique(one.index)) > 1
    ]
