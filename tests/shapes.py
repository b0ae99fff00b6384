"""Made-up copies of data sets that people bring: the real headers and forms, other content.

In each, people have one of two tastes: of the articles, half are about owls and half about engines.
"Owls 0" is read by all who like owls, and by most people of all.
"""

import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

PEOPLE, ARTICLES = 80, 16
MOST_READ = "Owls 0"


def title(article: int) -> str:
    """Even articles are about owls, odd ones about engines."""
    return f"{('Owls', 'Engines')[article % 2]} {article // 2}"


def read(seed: int) -> Iterator[tuple[int, int, random.Random]]:
    """Who reads which article: five of the own taste, now and then one of the other."""
    draw = random.Random(seed)
    for person in range(PEOPLE):
        mine = list(range(person % 2, ARTICLES, 2))
        chosen = draw.sample(mine[1:], 5) + [mine[0]] * (person % 2 == 0)
        if draw.random() < 0.1:
            chosen.append(draw.randrange(1 - person % 2, ARTICLES, 2))
        for article in chosen:
            yield person, article, draw


def when(draw: random.Random) -> datetime:
    """A moment in the summer of 2019, to the second."""
    return datetime(2019, 6, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(90 * 86_400))


def _text(lines: list[str], encoding: str = "utf-8", end: str = "\n") -> bytes:
    return (end.join(lines) + end).encode(encoding)


def last_fm() -> dict[str, bytes]:
    """Plays by artist, in tabs; hetrec2011-lastfm-2k."""
    plays = ["userID\tartistID\tweight"]
    for person, artist, draw in read(1):
        plays.append(f"{person + 2}\t{artist + 51}\t{int(draw.paretovariate(0.8) * 40)}")
    artists = ["id\tname\turl\tpictureURL"]
    for artist in range(ARTICLES):
        url = f"http://www.last.example/music/{artist}"
        artists.append(f"{artist + 51}\t{title(artist)}\t{url}\t{url}.jpg")
    return {"user_artists.dat": _text(plays), "artists.dat": _text(artists)}


def goodreads() -> dict[str, bytes]:
    """Ratings of 1 to 5 and a wide table of books; goodbooks-10k."""
    ratings = ["user_id,book_id,rating"]
    for person, book, draw in read(2):
        own = person % 2 == book % 2
        ratings.append(f"{person + 1},{book + 1},{draw.randint(3, 5) if own else 1}")
    columns = (
        "book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,"
        "original_publication_year,original_title,title,language_code,average_rating,"
        "ratings_count,work_ratings_count,work_text_reviews_count,ratings_1,ratings_2,ratings_3,"
        "ratings_4,ratings_5,image_url,small_image_url"
    )
    books = [columns]
    for book in range(ARTICLES):
        image = f"https://images.example/{book}.jpg"
        books.append(
            f"{book + 1},{2767052 + book},{2767052 + book},{2792775 + book},272,{439023483 + book},"
            f'9.78043902348e+12,"Author {book}, Another",2008.0,{title(book)},{title(book)},eng,4.3'
            f"{book % 10},{4780653 + book},4942365,155254,66715,127936,560092,1481305,2706317,"
            f"{image},{image}"
        )
    return {"ratings.csv": _text(ratings), "books.csv": _text(books)}


def book_crossing() -> dict[str, bytes]:
    """All quoted, semicolons, Latin-1; 0 is no rating but a book that was read."""
    ratings = ['"User-ID";"ISBN";"Book-Rating"']
    for person, book, draw in read(3):
        rating = draw.choice((0, 0, 7, 8, 9, 10))
        ratings.append(f'"{276725 + person}";"{_isbn(book)}";"{rating}"')
    books = [
        '"ISBN";"Book-Title";"Book-Author";"Year-Of-Publication";"Publisher";"Image-URL-S";'
        '"Image-URL-M";"Image-URL-L"'
    ]
    for book in range(ARTICLES):
        url = f"http://images.example/{book}.jpg"
        books.append(
            f'"{_isbn(book)}";"{title(book)}";"José Müller";"2002";"Éditions &amp; Söhne";"{url}";'
            f'"{url}";"{url}"'
        )
    return {
        "BX-Book-Ratings.csv": _text(ratings, "latin-1", "\r\n"),
        "BX-Books.csv": _text(books, "latin-1", "\r\n"),
    }


def _isbn(book: int) -> str:
    return f"0{195153448 + 7 * book}" if book % 3 else f"{60002 + book:09}X"


def retail_rocket() -> dict[str, bytes]:
    """Views, carts and purchases, milliseconds; the products have no titles."""
    events = ["timestamp,visitorid,event,itemid,transactionid"]
    for person, item, draw in read(4):
        moment = int(when(draw).timestamp() * 1000) + draw.randrange(1000)
        who, what = 257597 + 31 * person, 355908 + 13 * item
        events.append(f"{moment},{who},view,{what},")
        if draw.random() < 0.2:
            events.append(f"{moment + 60_000},{who},addtocart,{what},")
            if draw.random() < 0.5:
                events.append(f"{moment + 90_000},{who},transaction,{what},{4000 + len(events)}")
    return {"events.csv": _text(events)}


def yoochoose() -> dict[str, bytes]:
    """Clicks in sessions, without a line of names; yoochoose-clicks.dat."""
    clicks = []
    for session, item, draw in read(5):
        moment = when(draw).strftime("%Y-%m-%dT%H:%M:%S")
        clicks.append(f"{session + 1},{moment}.{draw.randrange(1000):03}Z,{214536502 + item},0")
    return {"yoochoose-clicks.dat": _text(clicks)}


def mind() -> dict[str, bytes]:
    """News with entities in JSON, and a click history in one cell a row; no lines of names."""
    news = []
    for article in range(ARTICLES):
        entity = (
            f'[{{"Label": "{title(article)}", "Type": "P", "WikidataId": "Q{80976 + article}", '
            '"Confidence": 1.0, "OccurrenceOffsets": [48], "SurfaceForms": ["x"]}]'
        )
        group = ("animals", "autos")[article % 2]
        news.append(
            f"N{55528 + article}\t{group}\t{group}news\t{title(article)}\tWhat is new about it.\t"
            f"https://assets.example/{article}.html\t{entity}\t[]"
        )
    histories: dict[int, list[str]] = {}
    for person, article, _ in read(6):
        histories.setdefault(person, []).append(f"N{55528 + article}")
    draw, behaviors = random.Random(6), []
    for number, (person, history) in enumerate(histories.items(), 1):
        moment = f"{when(draw):%m/%d/%Y} {draw.randint(1, 12)}:05:58 AM"
        shown = f"{history[0]}-1 N{55528 + draw.randrange(ARTICLES)}-0"
        behaviors.append(f"{number}\tU{13740 + person}\t{moment}\t{' '.join(history)}\t{shown}")
    return {"news.tsv": _text(news), "behaviors.tsv": _text(behaviors)}


def hm() -> dict[str, bytes]:
    """Purchases, ids of articles with a zero in front, and what the articles are."""
    rows = ["t_dat,customer_id,article_id,price,sales_channel_id"]
    for person, article, draw in read(7):
        rows.append(
            f"{when(draw):%Y-%m-%d},{person:064x},{_article(article)},{draw.random() / 10:.17f},"
            f"{draw.choice((1, 2))}"
        )
    columns = (
        "article_id,product_code,prod_name,product_type_no,product_type_name,product_group_name,"
        "graphical_appearance_no,graphical_appearance_name,colour_group_code,colour_group_name,"
        "perceived_colour_value_id,perceived_colour_value_name,perceived_colour_master_id,"
        "perceived_colour_master_name,department_no,department_name,index_code,index_name,"
        "index_group_no,index_group_name,section_no,section_name,garment_group_no,"
        "garment_group_name,detail_desc"
    )
    articles = [columns]
    for article in range(ARTICLES):
        articles.append(
            f"{_article(article)},{_article(article)[:7]},{title(article)},253,Vest top,"
            "Garment Upper body,1010016,Solid,09,Black,4,Dark,5,Black,1676,Jersey Basic,A,"
            "Ladieswear,1,Ladieswear,16,Womens Everyday Basics,1002,Jersey Basic,"
            f'"Top, no. {article}"'
        )
    return {"transactions_train.csv": _text(rows), "articles.csv": _text(articles)}


def _article(article: int) -> str:
    return f"0{108775015 + 1000 * article}"


def steam() -> dict[str, bytes]:
    """Purchases and hours by the game's name, without a line of names; steam-200k.csv."""
    rows = []
    for person, game, draw in read(8):
        who = 151603712 + person
        rows.append(f"{who},{title(game)},purchase,1.0,0")
        if draw.random() < 0.7:
            rows.append(f"{who},{title(game)},play,{draw.paretovariate(0.7):.1f},0")
    return {"steam-200k.csv": _text(rows)}


def google_analytics() -> dict[str, bytes]:
    """An export with comments first, thousands in quotation marks, totals and a second table."""
    rows, total = [], 0
    for person, page, draw in read(9):
        views = int(draw.paretovariate(0.9) * 3) + 1_000 * (draw.random() < 0.1)
        shown = f'"{views:,}"' if views > 999 else str(views)
        name = title(page).replace(" ", "-").lower()
        rows.append(f"{20190 + person}.{1577836800 + person},/{name}.html,{title(page)},{shown}")
        total += views
    line = "# ----------------------------------------"
    stream = io.StringIO()
    days = [f"{day}/06/19,{draw_day}" for day, draw_day in enumerate(range(40, 70), 1)]
    stream.write(
        "\n".join(
            [
                line, "# All Web Site Data", "# Pages by reader", "# 20190601-20190630", line, "",
                "Client ID,Page,Page Title,Pageviews", *rows, f',,,"{total:,}"', "",
                "Day Index,Pageviews", *days, f',"{total:,}"', "",
            ]
        )
    )  # fmt: skip
    return {"Analytics All Web Site Data Pages 20190601-20190630.csv": stream.getvalue().encode()}
