from .names import name_groups as name_groups
from .topics import (
    NO_TOPIC as NO_TOPIC,
    Topics as Topics,
    by_topic as by_topic,
    find_topics as find_topics,
    topic_names as topic_names,
    topic_table as topic_table,
)
