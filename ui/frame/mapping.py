"""Work beside the map: the places of the articles, and how well readers are served."""

from contextlib import suppress

import numpy as np

from recsys.errors import ModelFolderError
from recsys.evaluation import found_by_reader
from recsys.maps import Before, Places, neighbour_places, pca_places
from recsys.models import Model
from ui.beside import server
from ui.beside.work import Rank, Work
from ui.session import workspace
from ui.session.workspace import Workspace

AT_ONCE = 0.4  # seconds; a map that is on the disk is there sooner


def places_at_once(model: Model) -> Places:
    """Where the articles lie on two principal components."""
    return server.shelf().get_or_make(f"pca {model.fingerprint}", lambda: pca_places(model))


def places_of(here: Workspace, model: Model) -> Work[Places]:
    """Where the articles lie, neighbours together; kept with the model.

    The map of a new model is laid over that of the model which this session had before, so that
    things are where one knows them to be.
    """
    known = [one.key for one in workspace.recent() if one.key != model.fingerprint]

    def make(work: Work[Places]) -> Places:
        store = server.model_store()
        found = store.places(model.fingerprint)
        if found is None:
            found = neighbour_places(model, before=_before(known), on_progress=work.follow)
            with suppress(ModelFolderError, OSError):  # it is in memory alone
                store.put_places(model.fingerprint, found)
        return found

    return server.work(f"places {model.fingerprint}", "Arranging the map", make, Rank.SHOWN)


def _before(known: list[str]) -> Before | None:
    """The map of the model that was used last and has one."""
    store = server.model_store()
    for key in known:
        places, model = store.places(key), store.get(key)
        if places is not None and model is not None:
            return Before.of(model, places)
    return None


def places_after(model: Model, first: Model, places: Places) -> Work[Places]:
    """Where the articles of a second model lie, from their places on the map of a first one."""

    def make(work: Work[Places]) -> Places:
        before = Before.of(first, places)
        return neighbour_places(model, before=before, on_progress=work.follow)

    key = f"places {model.fingerprint} after {first.fingerprint} {places.method}"
    return server.work(key, "Arranging the second map", make, Rank.SHOWN)


def served_of(here: Workspace, model: Model) -> Work[np.ndarray]:
    """For each reader of the model whether a hidden read was found, 1 or 0; NaN: not tested."""

    def make(work: Work[np.ndarray]) -> np.ndarray:
        total = here.params.iterations + 1
        return found_by_reader(
            model, here.data.tables, lambda done, _: work.follow(done, total), check=work.check
        )

    return server.work(f"served {model.fingerprint}", "Testing each reader", make, Rank.SHOWN)
