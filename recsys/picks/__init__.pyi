from .applying import (
    PINNED as PINNED,
    Applied as Applied,
    Effect as Effect,
    apply_rules as apply_rules,
    effects_on as effects_on,
    pins_of as pins_of,
)
from .decisions import Decision as Decision, Kind as Kind
from .rules import (
    NO_RULES as NO_RULES,
    Rules as Rules,
    journal_line as journal_line,
    journal_of as journal_of,
    read_rules as read_rules,
)
