from .picture import check_size as check_size, map_picture as map_picture
