"""How the training that somebody asked for goes, beside its button, and what it changed."""

import streamlit as st

from recsys.models import Model
from ui.frame import background, training, waiting
from ui.frame.places import COMPARE
from ui.frame.problems import problem
from ui.session import against, draft, links
from ui.session.workspace import Workspace
from ui.text import plain

N = 10  # neighbours of each article that are compared


def show_state(here: Workspace, model: Model | None) -> None:
    """One line below the button: the training runs, ended, was stopped, or failed."""
    ended, wanted = training.ended(), training.wanted()
    if wanted is not None:
        st.info(
            f"Training: {plain(background.named(wanted))}. Progress and *Stop* are at the bottom.",
            icon=":material/hourglass_empty:",
        )
    elif ended is not None and ended.error is not None:
        problem(ended.error)
    elif ended is not None and ended.stopped:
        st.info("Training was stopped. The model from before is still in use.")
    elif ended is not None and model is not None and ended.key == here.key:
        st.success(_result(model, ended), icon=":material/check_circle:")


def show_changed(here: Workspace) -> None:
    """What stands in the fields and is not trained yet, beside the button."""
    if changed := draft.changes(here):
        st.caption(f"Changed, not trained yet: {plain('; '.join(changed))}", width="content")


def _result(model: Model, ended: training.Ended) -> str:
    if ended.before is not None and ended.before.key == ended.key:
        return "Nothing has changed since this model was trained."
    loss = f", loss {model.losses[-1]:.4f}" if len(model.losses) else ""
    return f"Trained in {model.seconds:.1f} s: {len(model.losses)} iterations{loss}."


def show_change(here: Workspace, model: Model) -> None:
    """What the training changed against the model that was in use before it."""
    ended = training.ended()
    if ended is None or ended.before is None or here.key != ended.key:
        return
    if ended.before.key == ended.key:
        return
    before = ended.before
    other = background.model_here(before)
    if other is None:
        return
    st.markdown("**What changed against the model before**")
    lines = [f"- Settings: {plain('; '.join(draft.differences(before, here)), 600)}"]
    now, then = background.quality_of(here), background.quality_if_known(before)
    if now.result is not None and then is not None:
        lines.append(
            f"- Hidden reads recovered: {now.result.recall:.0%}, before {then.recall:.0%} "
            f"(most-read list: {now.result.recall_by_popularity:.0%})"
        )
    elif not waiting.over(now):
        lines.append("- Hidden reads recovered: being measured…")
    work = background.comparison_of(other, model, N, None)
    if (found := work.result) is not None:
        lines.append(
            f"- Of each article's {N} most similar articles, {found.kept * N:.1f} are the same "
            "on average"
        )
    elif not waiting.over(work):
        waiting.wait_for(work)
        lines.append("- Comparing all articles…")
    st.markdown("\n".join(lines))
    st.page_link(
        COMPARE,
        label="Compare the two models",
        icon=":material/compare_arrows:",
        query_params={**links.write(here), against.AGAINST: against.text_of(before)},
    )
