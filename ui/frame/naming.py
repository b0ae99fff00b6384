"""Topics under the names that people gave them.

What is found is the same for all visitors and is kept as it was found. The names are put to it as a
page asks for it: after another name nothing is looked for again.
"""

from copy import copy

from recsys.dataset import Tables
from recsys.models import Model
from recsys.topics import NO_TOPIC, TopicNames, Topics, apply_names
from ui.beside import server
from ui.beside.work import Work
from ui.session import topic_names

NamedTopics = tuple[Topics, dict[str, str]]


def named(work: Work[NamedTopics], model: Model, tables: Tables) -> Work[NamedTopics]:
    """The search for topics with its result under the names that this session sees.

    It is the search itself while that is under way, or where nothing has a name of its own.
    """
    found, names = work.result, topic_names.names_for(tables)
    if found is None or not names.given:
        return work
    key = f"named {work.key} {names.fingerprint}"
    renamed = copy(work)
    renamed.result = server.shelf().get_or_make(
        key, lambda: _renamed(found, model, names), but=(found,)
    )
    return renamed


def _renamed(found: NamedTopics, model: Model, names: TopicNames) -> NamedTopics:
    topics, of = found
    now = apply_names(topics, model, names)
    if now is topics:
        return found
    other = dict(zip(topics.names, now.names, strict=True)) | {NO_TOPIC: NO_TOPIC}
    return now, {item: other[name] for item, name in of.items()}
