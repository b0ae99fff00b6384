import numpy as np
import pytest

from recsys.models.model import Model
from recsys.sample.sample import ARTICLES_FILE, INTERACTIONS_FILE, Sample, generate, write_sample
from recsys.sample.text import TOPICS
from tests.conftest import DATA


@pytest.fixture(scope="module")
def sample() -> Sample:
    return generate()


def test_it_is_written_again_byte_for_byte(tmp_path):
    write_sample(tmp_path)
    for name in (ARTICLES_FILE, INTERACTIONS_FILE):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_its_size_is_what_is_promised(sample):
    shared = sample.articles[sample.articles["eventType"] == "CONTENT SHARED"]
    assert shared["contentId"].nunique() == 1_500
    assert sample.events["personId"].nunique() == 1_000
    assert len(sample.events) == 40_000
    assert (sample.articles["eventType"] == "CONTENT REMOVED").sum() == 25
    assert set(shared["lang"]) == {"en", "pt"}


def test_ids_are_signed_and_beyond_what_a_float_holds(sample):
    ids = np.array([int(text) for text in sample.topics])
    assert 0.4 < (ids < 0).mean() < 0.6
    assert (np.abs(ids.astype(float)) > 2**53).mean() > 0.99


def test_nobody_reacts_to_what_they_have_not_viewed(sample):
    events = sample.events
    viewed = events[events["eventType"] == "VIEW"].groupby(["personId", "contentId"])["timestamp"]
    first = viewed.min().rename("viewed")
    reactions = events[events["eventType"] != "VIEW"].join(first, on=["personId", "contentId"])
    assert reactions["viewed"].notna().all()
    assert (reactions["timestamp"] >= reactions["viewed"]).all()


def test_nobody_reads_before_it_is_shared(sample):
    shared = sample.articles.groupby("contentId")["timestamp"].min()
    assert (sample.events["timestamp"] > sample.events["contentId"].map(shared)).all()


def test_popularity_has_a_long_tail(sample):
    counts = sample.events["contentId"].value_counts()
    assert counts.iloc[: int(0.07 * 1_500)].sum() / 40_000 > 0.3


def test_neighbours_share_the_topic(sample: Sample, sample_model: Model):
    topic = np.array([sample.topics[item] for item in sample_model.items["item_id"]])
    unit = sample_model.item_factors / sample_model.item_norms[:, None]
    scores = unit @ unit.T
    np.fill_diagonal(scores, -np.inf)
    top = np.argsort(-scores, axis=1)[:, :10]
    same = (topic[top] == topic[:, None]).mean(axis=1)
    chance = 1 / len(TOPICS)
    assert same.mean() > 0.8
    assert same.mean() > 10 * chance  # measured: 0.87 of the top 10, chance 0.056
    assert same[sample_model.readers >= 5].mean() > 0.9  # measured: 0.94
