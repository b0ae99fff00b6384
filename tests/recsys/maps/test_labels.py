"""Names stand where their articles lie."""

import numpy as np
from hypothesis import given, strategies as st

from recsys.maps.labels import Label, topic_labels


def test_a_topic_of_two_clusters_is_named_in_the_larger_one_not_between():
    draw = np.random.default_rng(0)
    xy = np.concatenate([draw.normal(0, 0.1, (60, 2)), draw.normal(10, 0.1, (40, 2))])
    (label,) = topic_labels(["t"], np.zeros(100, dtype=int), xy)
    assert abs(label.x) < 0.3 and abs(label.y) < 0.3
    assert label == Label("t", label.x, label.y, 0, 100.0)


def test_topics_without_articles_have_no_label_and_articles_without_a_topic_no_say():
    xy = np.array([[0.0, 0.0], [1.0, 1.0], [9.0, 9.0]])
    found = topic_labels(["empty", "full"], np.array([1, 1, -1]), xy, level=1)
    assert [(label.text, label.level, label.weight) for label in found] == [("full", 1, 2.0)]


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=20))
def test_a_label_lies_among_its_articles(places):
    xy = np.array(places)
    (label,) = topic_labels(["t"], np.zeros(len(xy), dtype=int), xy)
    slack = 1e-9 + np.abs(xy).max() * 1e-9
    assert xy[:, 0].min() - slack <= label.x <= xy[:, 0].max() + slack
    assert xy[:, 1].min() - slack <= label.y <= xy[:, 1].max() + slack
