from .saying import WORDS as WORDS
from .scene import Scene as Scene
from .source import script as script, style as style
