"""Titles in many languages and encodings: found, offered, or read as Latin-1, never as another."""

import pytest
from hypothesis import given, strategies as st

from recsys.formats.alphabets import CODECS, LATIN1
from recsys.formats.decoding import encoding_of, from_latin1
from recsys.formats.encodings import MIXED, UTF8

TITLES = {
    "Russian": "Новости дня|Как выбрать телефон для работы|Погода в Москве|Рецепты ужинов",
    "Ukrainian": "Новини дня|Як обрати телефон|Погода в Києві на завтра",
    "Bulgarian": "Новини от деня|Как да изберем телефон|Времето в София утре",
    "Greek": "Ειδήσεις της ημέρας|Πώς να διαλέξετε τηλέφωνο|Ο καιρός στην Αθήνα",
    "Hebrew": "חדשות היום|איך לבחור טלפון לעבודה|מזג האוויר בתל אביב מחר",
    "Arabic": "أخبار اليوم|كيف تختار هاتفا للعمل|الطقس في القاهرة غدا",
    "Turkish": "Günün haberleri|İş için telefon nasıl seçilir|Yarın hava durumu şöyle",
    "Polish": "Wiadomości dnia|Jak wybrać telefon|Pogoda w Łodzi będzie świetna|Zażółć gęślą",
    "Czech": "Zprávy dne|Jak vybrat telefon pro práci|Počasí v Praze zítra|Příliš žluťoučký kůň",
    "Hungarian": "A nap hírei|Hogyan válasszunk telefont|Időjárás Győrben|Árvíztűrő tükörfúró",
    "Chinese": "今日新闻|如何选择手机|北京明天的天气预报|简单的晚餐食谱",
    "Taiwanese": "今日新聞|如何選擇手機|臺北明天的天氣預報|簡單的晚餐食譜",
    "Japanese": "今日のニュース|仕事用の電話の選び方|明日の東京の天気|簡単な夕食レシピ",
    "Korean": "오늘의 뉴스|업무용 전화기 고르는 법|내일 서울 날씨|간단한 저녁 요리법",
}
WRITTEN = {
    "Russian": "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
    "Ukrainian": "cp1251 koi8_u",
    "Bulgarian": "cp1251",
    "Greek": "cp1253 iso8859_7",
    "Hebrew": "cp1255 iso8859_8",
    "Arabic": "cp1256 iso8859_6",
    "Turkish": "cp1254 iso8859_9",
    "Polish": "cp1250 iso8859_2",
    "Czech": "cp1250 iso8859_2",
    "Hungarian": "cp1250 iso8859_2",
    "Chinese": "gb2312 gbk gb18030",
    "Taiwanese": "big5",
    "Japanese": "shift_jis cp932 euc_jp",
    "Korean": "euc_kr cp949",
}
PAIRS = [(language, codec) for language, codecs in WRITTEN.items() for codec in codecs.split()]
WESTERN = {
    "French": "Actualités du jour|Comment choisir un téléphone|La météo à Paris|Ça va être l'été",
    "German": "Nachrichten für heute|Größe der Wälder|Schöne Grüße aus München",
    "Portuguese": "Notícias do dia|Previsão do tempo amanhã|Ação e coração",
    "Spanish": "Noticias del día|Cómo elegir un teléfono|El tiempo mañana en España|¿Qué?",
    "Swedish": "Dagens nyheter på en gång|Så väljer du rätt mobil|Väder i Malmö",
    "Danish": "Dagens nyheder på én gang|Sådan vælger du|Vejret i Købehavn",
    "Italian": "Perché no|Così è la città|Le novità di più",
    "signs alone": "10 € – “news”…|½ • 20° °C|don’t ‘stop’|© 2020 ™",
    "many": "Größe|café|niño|ação|København|Malmö|naïve|Œuvre|über|señor|più",
}


def table(titles: str) -> str:
    return "id,title\n" + "".join(f"{i},{title}\n" for i, title in enumerate(titles.split("|")))


@pytest.mark.parametrize(("language", "codec"), PAIRS)
def test_titles_are_read_as_they_were_written_or_so_offered(language, codec):
    text = table(TITLES[language])
    data = text.encode(codec)
    found, doubt = encoding_of(data)
    name = found if doubt is None else doubt.encoding
    assert data.decode(CODECS[name]) == text
    if doubt is not None:
        assert found == LATIN1
        assert doubt.then in text and doubt.now in from_latin1(data).decode()


def test_most_are_sure():
    sure = [encoding_of(table(TITLES[name]).encode(codec))[1] is None for name, codec in PAIRS]
    assert sum(sure) > 0.8 * len(PAIRS)


@pytest.mark.parametrize("language", WESTERN)
def test_western_text_is_latin1_without_a_doubt(language):
    for titles in [WESTERN[language], *WESTERN[language].split("|")]:
        data = table(titles).encode("cp1252")
        assert data.isascii() or encoding_of(data) == (LATIN1, None)


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        (language, codec)
        for language in (
            "French",
            "German",
            "Portuguese",
            "Spanish",
            "Swedish",
            "Danish",
            "Italian",
        )
        for codec in ("cp850", "mac_roman")
    ],
)
def test_western_text_of_dos_and_of_old_macs_is_offered(language, codec):
    text = table(WESTERN[language])
    found, doubt = encoding_of(text.encode(codec))
    assert found == LATIN1
    assert CODECS[doubt.encoding] == codec
    assert doubt.then in text


@given(st.sampled_from(PAIRS), st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_a_few_titles_are_never_surely_taken_for_something_else(pair, places):
    language, codec = pair
    titles = TITLES[language].split("|")
    text = table("|".join(titles[place % len(titles)] for place in places))
    data = text.encode(codec)
    found, doubt = encoding_of(data)
    if found not in (LATIN1, UTF8, MIXED) and doubt is None:
        assert data.decode(CODECS[found]) == text


def test_the_end_may_be_cut_in_a_letter():
    data = table(TITLES["Chinese"] * 40).encode("gbk")
    assert {encoding_of(data[: len(data) - cut])[0] for cut in range(8)} == {"GB18030"}


def test_another_encoding_that_reads_all_alike_is_no_doubt():
    line = '"0195153448";"Owls";"José Müller";"2002";"Éditions &amp; Söhne"\r\n'
    raw = (line * 16).encode("latin-1")
    assert raw.decode("cp1250") == raw.decode("cp1252")
    assert encoding_of(raw) == (LATIN1, None)
