"""Rules on Similar articles: made there, applied to the list, undone."""

from tests.pages.driving import fine, go, said, settle, tables


def shown(app):
    return [name for name, _ in tables(app)[0].spec["rows"]]


def test_a_pinned_article_comes_first_and_one_kept_apart_is_left_out_and_counted(
    app, sample_tables, sample_model
):
    item = sample_model.items["item_id"][12]
    settle(fine(go(app, "similar", data=sample_tables.fingerprint, item=item)))
    before = shown(app)
    app.button(key=f"rule-never-{before[0]}").click()
    settle(fine(app.run()))
    assert before[0] not in shown(app) and len(shown(app)) == 10
    assert "1 article left out by a rule." in said(app)
    app.button(key=f"rule-pin-{before[5]}").click()
    settle(fine(app.run()))
    assert shown(app)[:3] == [before[5], before[1], before[2]]
    assert "moves it from place" in said(app)
    (undo,) = [one for one in app.button if one.key.startswith("similar-undo-")][:1]
    undo.click()
    settle(fine(app.run()))
    assert shown(app)[:2] == [before[5], before[0]]
