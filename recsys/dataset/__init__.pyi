from .files import (
    ArticlesFile as ArticlesFile,
    EventsFile as EventsFile,
    Files as Files,
    Given as Given,
    read_files as read_files,
    sample_tables as sample_tables,
)
from .filtered import Effect as Effect, apply_filter as apply_filter, effect as effect
from .filters import Filter as Filter
from .profile import (
    LEAST as LEAST,
    TINY as TINY,
    Parts as Parts,
    Profile as Profile,
    Spread as Spread,
    Summary as Summary,
    profile_of as profile_of,
)
from .reader import NothingLeft as NothingLeft
from .tables import (
    Tables as Tables,
    fingerprint as fingerprint,
    read_tables as read_tables,
)
from .timeline import Timeline as Timeline, by_time as by_time
