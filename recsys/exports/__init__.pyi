from .catalogue import all_neighbours as all_neighbours, all_recommendations as all_recommendations
from .handed_over import spreadsheet as spreadsheet, with_addresses as with_addresses
from .links import FORMATS as FORMATS, Link as Link, web_address as web_address
from .model_file import model_file as model_file
from .pack_files import (
    PACK_FORMATS as PACK_FORMATS,
    check_format as check_format,
    pack_bytes as pack_bytes,
)
from .read_next import (
    WELL_SUPPORTED as WELL_SUPPORTED,
    Pack as Pack,
    read_next as read_next,
)
from .rule_cost import RuleCost as RuleCost, rule_cost as rule_cost
