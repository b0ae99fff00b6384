"""Map: how does the whole catalogue lie?"""

from ui.frame import page
from ui.map import looking

with page.arrive("Map") as arrival:
    places = looking.begin(arrival.here, arrival.model)
    looking.show(arrival.here, arrival.model, places)
