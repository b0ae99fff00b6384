from .catalogue import all_neighbours as all_neighbours, all_recommendations as all_recommendations
