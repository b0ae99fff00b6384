"""What the map says in the browser; ``{…}`` is put in there."""

WORDS = {
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "show_all": "Show all",
    "lasso": "Select by lasso",
    "box": "Select by box",
    "in_view": "{shown} of {all} articles in view",
    "inside": "{count} selected",
    "density": "shown as density: zoom in to see single articles",
    "plain": "This browser has no WebGL: a simpler picture of the same articles.",
    "untitled": "No title",
    "reader": "1 reader",
    "readers": "{count} readers",
    "readers_many": "{count} readers",
    "keys": "Arrow keys move, plus and minus zoom, 0 shows all, Escape clears the selection.",
    "near": "{rank}. {title}",
    "chosen": "Chosen article",
    "legend": "Colours: {title}",
}
