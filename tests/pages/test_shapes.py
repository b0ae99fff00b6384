"""Data sets that people bring, from dropped files to neighbours with clicks alone."""

import pytest

from recsys.formats.source import Source
from tests.pages.driving import bring, fine, press, said, settle, tables, unescaped
from tests.steps import SHAPES, Choose, Press, Shape, refuse_other_neighbours, rows_of


def click(app, step: Choose | Press) -> None:
    """Do one thing and draw the page."""
    if isinstance(step, Choose):
        box = [one for one in app.selectbox if one.label == step.box][step.file]
        box.select(step.option).run()
        return
    if step.role == "button":
        found = [one for one in app.button if step.words in unescaped(one.label)]
        found[step.file].click().run()
        return
    radios = [one for one in app.radio if any(step.words in option for option in one.options)]
    radio = radios[step.file]
    radio.set_value(next(option for option in radio.options if step.words in option)).run()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_from_dropped_files_to_neighbours_with_clicks_alone(app, shape: Shape):
    made = shape.make()
    bring(app, *(Source(name=name, data=data) for name, data in made.items()))
    for step in shape.before:
        click(app, step)
    press(app, "Read with these columns")
    for step in shape.after:
        settle(app)
        click(app, step)
    settle(fine(app))
    labels = [one.label for one in (*app.radio, *app.button)]
    text = unescaped("\n".join([said(app), *labels])).replace("**", "")
    for words in shape.said:
        assert words.format(rows=rows_of(made, shape.names)) in text
    press(app, "Use this data")
    assert f"In use: {shape.name}" in said(fine(app))
    app.switch_page("pages/similar.py")
    settle(fine(app.run()))
    assert unescaped(app.main.header[0].value) == shape.shown(0)
    neighbours = next(one for one in tables(app) if one.spec)
    refuse_other_neighbours(shape, neighbours.value["title"].tolist())
