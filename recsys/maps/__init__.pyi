from .projection import pca_map as pca_map
