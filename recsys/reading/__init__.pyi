from .account import Account as Account
from .brief import in_brief as in_brief, rows_lost as rows_lost
from .checks import (
    article_mapping_of as article_mapping_of,
    event_mapping_of as event_mapping_of,
    note_first_line as note_first_line,
    refuse_missing as refuse_missing,
    shown as shown,
)
from .column_roles import may_be_ids as may_be_ids
from .events import EventReader as EventReader
from .hints import Hint as Hint
from .ids import are_whole as are_whole
from .left_out import left_out_rows as left_out_rows
from .looking import Look as Look, look as look
from .mapping import ArticleMapping as ArticleMapping, EventMapping as EventMapping
from .number_names import named_as_count as named_as_count, named_as_rating as named_as_rating
from .parts import SEVERAL as SEVERAL, looks_like_several as looks_like_several
from .report import (
    FileReport as FileReport,
    LeftOut as LeftOut,
    Report as Report,
    printable as printable,
)
from .rules import BETWEEN as BETWEEN, SAME as SAME, CellRules as CellRules
from .unused import columns_option as columns_option, note_unused as note_unused
