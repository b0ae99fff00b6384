"""The model as a file, with the command that trains it and the lines that load it."""

import streamlit as st

from recsys.commands.train_command import train_command
from recsys.dataset import Filter
from recsys.exports import model_file
from recsys.models import Model
from ui.beside import server
from ui.parts import downloads, notebook
from ui.session.workspace import Workspace

SAMPLE = "python -m recsys sample --out ."


def show(here: Workspace, model: Model) -> None:
    """A popover with the download, the command, and how the file is loaded."""
    with st.popover("Download the model", icon=":material/model_training:", key="model-download"):
        st.markdown("**Factors, ids and parameters, in one zip**")
        st.caption("NumPy arrays and JSON. It contains who read what, as ids: share it with care.")
        how = command_of(here)
        downloads.button(
            "Download the zip",
            lambda: zipped(model, how),
            f"{downloads.file_stem(here.data.name)}-model.zip",
            key="take-model",
        )
        st.markdown("Train exactly this model:")
        if here.data.filter == Filter():
            st.code(how, language="bash", wrap_lines=True)
        else:
            st.caption("The data is filtered, which the command line cannot do; Python can.")
            st.code("\n".join(notebook.of_model(here)), language="python", wrap_lines=True)
        st.markdown("Load it:")
        st.code(LOAD, language="python", wrap_lines=True)


LOAD = """import recsys

model = recsys.load_model("model")  # the folder in the zip
recsys.similar_items(model, model.items["item_id"][0], 10)

# or with numpy alone: see README.txt in the zip
import numpy as np

arrays = np.load("model/arrays.npz", allow_pickle=False)
arrays["item_factors"].shape"""


def command_of(here: Workspace) -> str:
    """The command that trains the workspace's model, or the lines where it has a filter."""
    if here.data.filter != Filter():
        return "\n    ".join(notebook.of_model(here))
    command = train_command(here.data.files, here.weights, here.params)
    return f"{SAMPLE} && {command}" if here.data.origin == "sample" else command


def zipped(model: Model, how: str) -> bytes:
    """The file, made once."""
    key = f"model file {model.fingerprint} {how}"
    made: bytes = server.shelf().get_or_make(key, lambda: model_file(model, how))
    return made
