"""What the name of a column says: its words, and by which words each role is known.

The lists hold words that real files use, in the languages that are met most, without accents;
where several columns are known by a list, the word that stands first wins.
"""

import re
import unicodedata

USERS = (
    "user visitor customer person reader member client viewer listener subscriber reviewer buyer "
    "shopper consumer account profile player student learner applicant guest household distinct "
    "msno usr cust usuario cliente lector leitor utilisateur lecteur benutzer nutzer leser kunde "
    "utente lettore gebruiker lezer klant steam actor personal пользователь читатель клиент "
    "посетитель"
).split()
ITEMS = (
    "item article movie film track product prod song book news document doc post page "
    "video game app artist venue business hotel restaurant recipe anime course podcast episode "
    "show story paper joke beer wine poi place listing offer album clip material resource stock "
    "repo repository tweet subreddit artigo articulo artikel noticia nachricht beitrag inhalt "
    "contenu contenuto produto producto produkt produit prodotto libro livro livre buch boek "
    "pelicula filme newsletter object товар статья книга фильм новость content"
).split()
_NEVER_ALONE = "place poi venue business listing offer show app stock resource material".split()
ALONE = [word for word in ITEMS if word not in _NEVER_ALONE]
"""Of these, those that hold the id where no ``…_id`` does."""
_WEAK_ID = "slug key hash code no nr num number nummer numero".split()
ID = ["id", "ids", "uuid", "guid", "identifier", "identificador", "identifiant", "mbid", *_WEAK_ID]
TITLES = [word for word in ALONE if word not in "content post document doc page inhalt".split()]
"""Of these, those that hold a title beside an id."""
PEOPLE = "uid email mail login".split()
PATHS = "path pathname urlpath url location link".split()
ANY = {"item", "content", "product", "article"}
SAME = ({"app", "game"}, {"movie", "film"}, {"track", "song"}, {"prod", "product"})
CODES = "aid nid isbn asin sku isbn13 isbn10 ean gtin upc doi iid slug".split()
OTHER = set(
    "author creator owner contributor uploader seller publisher editor writer session order "
    "transaction review rating comment type types category categories group class genre section "
    "department parent brand event row index log record request impression friend follower "
    "target agent region country city state location basket zip device browser os gender age "
    "name store shop cart invoice payment campaign channel tag topic language lang occupation "
    "collection image img picture photo cover invoice autor auteur creador criador vendedor "
    "sesion sessao sitzung pedido transactionid categoria kategorie colour color price".split()
)
"""Words that make an id the id of something else."""
NAMES_OF_OTHERS = OTHER - {"review", "name"}
DEVICES = "cookie device visit session anonymous fingerprint ip".split()
EVENT = (
    "event,event type,event name,action,interaction,interaction type,activity,behavior,behaviour,"
    "action type,event action,user action,behavior type,behaviour type,behavior name,"
    "behaviour name,activity type,feedback,"
    "feedback type,verb,evento,tipo evento,tipo de evento,accion,acao,evenement,action name,"
    "ereignis,aktion,ereignistyp,azione,type,деиствие,событие,тип события"
).split(",")
VALUE = (
    "rating,count,plays,play count,hours,hours played,score,stars,weight,quantity,qty,value,"
    "strength,rate,views,clicks,duration,overall,event count,pageviews,page views,listen count,"
    "purchases,times,minutes,seconds,dwell time,time spent,watch time,watch ratio,amount,"
    "bewertung,anzahl,menge,dauer,nota,note,puntuacion,valoracion,calificacion,cantidad,"
    "avaliacao,quantidade,pontuacao,quantite,voto,valutazione,quantita,aantal,opens,cnt,"
    "frequency,grade,оценка,рейтинг,количество"
).split(",")
COUNTING = (
    "overall rating stars score count plays playcount hours quantity qty duration minutes "
    "seconds dwell views clicks weight bewertung playtime"
).split()
NOT_COUNTING = set("average avg mean max min id code year price date timestamp user".split())
TIME = (
    "timestamp,time,date,datetime,ts,created at,event timestamp,event time,event date,unix time,"
    "unix timestamp,created,utc timestamp,date time,click time,visit time,fecha,data,datum,zeit,"
    "zeitpunkt,zeitstempel,heure,hora,tijd,data hora,published,published at,publish date,"
    "pub date,release date,дата,время"
).split(",")
TIMES = (
    "timestamp tstamp unix time datetime date ts dat at fecha datum zeit heure hora updated added "
    "submitted posted modified watched when"
).split()
CALENDAR = {"day", "month", "week", "period", "dia", "mes", "tag", "monat", "jour", "mois"}
"""What a column of days or months is called, which are dates by their digits, or Excel's."""
NO_TIMES = {"birth", "birthday", "dob", "born", "expires", "expiry"}
TITLE = (
    "title,headline,titulo,titel,titre,titolo,titular,schlagzeile,uberschrift,manchete,kop,"
    "заголовок,название"
).split(",")
NAME = "name,nombre,nome,nom,naam,bezeichnung,label".split(",")
URL = "url,link,uri,href,permalink,web url,address,enlace,lien,page url,page location".split(",")
IMAGE = set(
    "image images img picture pic photo cover thumbnail thumb logo avatar icon poster video "
    "trailer audio preview".split()
)
LANGUAGE = (
    "lang,language,locale,language code,lang code,original language,idioma,langue,sprache,lingua,"
    "taal"
).split(",")
AUTHOR = (
    "author,author person id,author id,creator,writer,byline,authors,author name,autor,auteur,"
    "autore,autores,auteurs,verfasser,book author,creator id,artist name,artist,artists,director"
).split(",")
TEXT = (
    "text,body,article text,full text,description,abstract,summary,content,overview,plot,"
    "synopsis,texto,texte,testo,tekst,beschreibung,descripcion,descricao,inhalt,contenido,"
    "conteudo,contenu,zusammenfassung,resumen,resumo,resume"
).split(",")
TEXTS = "content desc description text body abstract summary overview synopsis".split()
KIND = (
    "content type,class,genre,genres,category,categories,kind,item type,section,type,"
    "main category,categoria,categorias,kategorie,rubrik,categorie,genero,generos,seccion,secao,"
    "rubrique,sparte"
).split(",")
KINDS = "type category genre section".split()
ATTRIBUTES = set(
    "country region agent gender sex device browser os city state language lang locale platform "
    "currency age occupation category genre group environment referrer source medium environment "
    "zip postal latitude longitude lat lon lng year quarter month week weekday day hour minute "
    "price".split()
)
"""What says something about a person, a place, a thing or a time, and not what somebody did."""
HAPPENINGS = set(
    "view views like likes follow follows share shares comment comments click clicks play plays "
    "save saves bookmark bookmarks purchase purchases cart carts read reads open opens download "
    "downloads listen listens reaction reactions clap claps upvote upvotes downvote downvotes "
    "favorite favorites favourite favourites love loves watch watches visit visits pageviews "
    "skip skips order orders liked followed shared commented clicked played saved bookmarked "
    "purchased bought opened downloaded finished completed watched visited skipped".split()
)
"""Columns of a wide table are called by what happened."""
_FILLERS = set(
    "the of de del do da du des der die hashed anonymized unique pseudo full raw new".split()
)
_ENDINGS = ("title", "name", "nummer", "nr")
_GENERIC = re.compile(r"[^\W\d_]{3,}id")
_NO_ID = set(
    "paid valid solid avoid covid grid android hybrid raid fluid invalid said laid".split()
)


def plain_name(column: str) -> str:
    """A column's name without RecBole's suffix.

    >>> plain_name("rating:float"), plain_name("rating")
    ('rating', 'rating')
    """
    return re.sub(r":(token|float)(_seq)?$", "", column)


def words_of(column: str) -> tuple[str, ...]:
    """The words of a column's name, without case, accents, signs and RecBole's suffix.

    >>> words_of("userID"), words_of("Book-Title"), words_of("visitorid"), words_of("título:token")
    (('user', 'id'), ('book', 'title'), ('visitor', 'id'), ('titulo',))
    """
    text = unicodedata.normalize("NFKD", plain_name(column))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    found: list[str] = []
    for word in re.findall(r"[^\W_]+", text.casefold()):
        if word.endswith("id") and word not in _NO_ID and _GENERIC.fullmatch(word):
            found += [word.removesuffix("id"), "id"]
            continue
        thing, ending = next(
            ((word.removesuffix(end), end) for end in _ENDINGS if word.endswith(end)),
            ("", ""),
        )
        found += [thing, ending] if thing in (*USERS, *ITEMS) else [word]
    return tuple(found)


def place(words: tuple[str, ...], phrases: list[str]) -> int | None:
    """Where in a list the words stand, written together or apart; None where they do not.

    >>> place(("play", "count"), ["hours", "playcount"]), place(("age",), ["hours"])
    (1, None)
    """
    joined = "".join(words)
    return next((i for i, known in enumerate(phrases) if known.replace(" ", "") == joined), None)


def noun_of(words: tuple[str, ...], nouns: list[str]) -> int | None:
    """Which of the nouns is among the words, the first of the list; None where none is."""
    return next((i for i, noun in enumerate(nouns) if noun in words), None)


def id_rank(words: tuple[str, ...], nouns: list[str], alone: list[str]) -> tuple[int, int] | None:
    """How surely a column is the id of a thing of this kind: lower is surer, None is not at all.

    0: ``user_id``, ``idUser``; 1: with more words, ``click_article_id``; 2: ``user`` alone.

    >>> id_rank(("click", "article", "id"), ITEMS, ALONE), id_rank(("author", "id"), USERS, USERS)
    ((1, 1), None)
    """
    words = tuple(word for word in words if word not in _FILLERS)
    if len(words) == 1 and words[0] in alone:
        return 2, nouns.index(words[0])
    noun = noun_of(words, nouns)
    if noun is None or not set(words) & set(ID):
        return None
    if len(words) == 2 and not set(words) & set(_WEAK_ID):
        return 0, noun
    return None if set(words) & OTHER else (1, noun)
