"""Read next: which links belong below every article?"""

import streamlit as st

from ui.frame import page, places, waiting
from ui.frame.problems import problem
from ui.pack import listing, making, ruled
from ui.parts.downloads import file_stem
from ui.session import decisions, links

with page.arrive("Read next") as arrival:
    here, model, view = arrival.here, arrival.model, arrival.view
    rules = decisions.rules_of(here.data)

    def choose(item: str) -> None:
        """Show what stands below an article; the address holds it."""
        links.go(links.write(here, item, view.n))

    def open_article(item: str) -> None:
        """Go to an article in the run that follows."""
        st.session_state.pack_opened = item

    if "pack_opened" in st.session_state:
        item = st.session_state.pop("pack_opened")
        st.switch_page(places.SIMILAR, query_params=links.write(here, item, view.n))

    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**What to read next, below every article.** Picks come first, then rules, "
                    "then the model.")  # fmt: skip
        choice = making.settings(here)
    work = making.pack_of(here, model, rules, choice)
    work.wait(waiting.PATIENCE)
    if not waiting.over(work):
        waiting.wait_for(work)
        st.info("Listing what to read next…", icon=":material/hourglass_empty:")
    elif work.error is not None:
        problem(work.error)
    elif work.result is None:
        waiting.say_missing([work], "It was stopped.", "pack")
    else:
        pack = work.result
        listing.summary(pack)
        with st.container(horizontal=True):
            listing.files(
                lambda ending: making.file_of(pack, work.key, ending), file_stem(here.data.name)
            )
        listing.orphans(pack, choice.least_both, open_article)
        listing.every_article(pack, view.item, choose)
        if view.item:
            listing.below(pack, view.item, open_article)
    ruled.show(here, model, rules, choice)
