from .catalogue import all_neighbours as all_neighbours, all_recommendations as all_recommendations
from .handed_over import spreadsheet as spreadsheet, with_addresses as with_addresses
from .links import FORMATS as FORMATS, Link as Link, web_address as web_address
