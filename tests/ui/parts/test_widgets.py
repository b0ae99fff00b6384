"""Tables of articles."""

import pandas as pd
import pytest
import streamlit as st

from ui.parts.widgets import article_table


@pytest.mark.parametrize(("rows", "pixels"), [(1, 72), (8, 317), (9, 320), (20, 320)])
def test_a_table_is_no_higher_than_its_rows(monkeypatch, rows, pixels):
    drawn = {}
    monkeypatch.setattr(st, "dataframe", lambda table, **settings: drawn.update(settings))
    table = pd.DataFrame({"item_id": [str(n) for n in range(rows)], "title": "title"})
    article_table(table, "table", lambda item: None, "Articles", name=None, height=320)
    assert drawn["height"] == pixels
