from .details import topic_details as topic_details
from .finer import FinerTopics as FinerTopics, finer_topics as finer_topics
from .given_names import (
    NO_NAMES as NO_NAMES,
    TopicName as TopicName,
    TopicNames as TopicNames,
    name_line as name_line,
    names_of as names_of,
)
from .renaming import apply_names as apply_names, homes as homes, rename as rename
from .topics import (
    NO_TOPIC as NO_TOPIC,
    Topics as Topics,
    by_topic as by_topic,
    find_topics as find_topics,
    topic_names as topic_names,
    topic_table as topic_table,
)
