"""What is said of a model's quality."""

from recsys.evaluation import Quality
from ui.frame.quality import doubt


def test_a_model_that_loses_to_the_most_read_list_is_doubted_and_one_that_wins_is_not():
    assert not doubt(Quality(people=1000, found=91, found_by_popularity=90))
    clear = doubt(Quality(people=1000, found=50, found_by_popularity=90))
    assert "5.0% of hidden reads, the list 9.0%" in clear and "random" not in clear
    for few in (
        Quality(people=20, found=2, found_by_popularity=3),
        Quality(people=9, found=1, found_by_popularity=1),
    ):
        assert f"With only {few.people} readers tested" in doubt(few)
