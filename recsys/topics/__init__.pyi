from .finer import FinerTopics as FinerTopics, finer_topics as finer_topics
from .renaming import (
    NO_NAMES as NO_NAMES,
    TopicName as TopicName,
    TopicNames as TopicNames,
    apply_names as apply_names,
    homes as homes,
    name_line as name_line,
    names_of as names_of,
    rename as rename,
)
from .topics import (
    NO_TOPIC as NO_TOPIC,
    Topics as Topics,
    by_topic as by_topic,
    find_topics as find_topics,
    topic_names as topic_names,
    topic_table as topic_table,
)
