from .colours import (
    Colours as Colours,
    packed_bytes as packed_bytes,
    packed_floats as packed_floats,
)
from .page import map_page as map_page
from .saying import WORDS as WORDS
from .scene import Scene as Scene
from .source import script as script, style as style
