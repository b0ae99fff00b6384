"""The words of the sample data set: topics, what is written about in them, and turns of phrase."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One field of interest: things that titles are about, in two languages."""

    name: str
    en: tuple[str, ...]
    pt: tuple[str, ...]


def _topic(name: str, en: str, pt: str) -> Topic:
    return Topic(name=name, en=tuple(en.split("; ")), pt=tuple(pt.split("; ")))


TOPICS = (
    _topic(
        "machine learning",
        "recommender systems; neural networks; gradient boosting; word embeddings; "
        "image recognition; reinforcement learning; feature engineering; model evaluation",
        "sistemas de recomendação; redes neurais; aprendizado de máquina; "
        "visão computacional; avaliação de modelos",
    ),
    _topic(
        "web development",
        "CSS grid layouts; JavaScript bundles; web components; REST APIs; "
        "browser caching; TypeScript; server-side rendering; accessible forms",
        "layouts com CSS grid; componentes web; APIs REST; TypeScript; formulários acessíveis",
    ),
    _topic(
        "cloud and containers",
        "Kubernetes clusters; Docker images; serverless functions; infrastructure as code; "
        "continuous delivery; service meshes; log monitoring; blue-green deployments",
        "clusters Kubernetes; imagens Docker; funções serverless; entrega contínua; "
        "infraestrutura como código",
    ),
    _topic(
        "agile teams",
        "sprint planning; retrospectives; kanban boards; user stories; pair programming; "
        "daily stand-ups; story points; product backlogs",
        "planejamento de sprints; retrospectivas; quadros kanban; histórias de usuário; "
        "programação em par",
    ),
    _topic(
        "interface design",
        "usability tests; colour palettes; design systems; paper prototypes; typography; "
        "onboarding screens; icon sets; user interviews",
        "testes de usabilidade; paletas de cores; sistemas de design; protótipos em papel; "
        "entrevistas com usuários",
    ),
    _topic(
        "coffee",
        "pour-over coffee; espresso grinders; light roasts; cold brew; milk foam; "
        "arabica beans; coffee tasting; moka pots",
        "café coado; moedores de espresso; torra clara; grãos arábica; degustação de café",
    ),
    _topic(
        "bread and baking",
        "sourdough starters; rye bread; croissants; pizza dough; wholegrain flour; "
        "baguettes; cinnamon rolls; cast-iron baking",
        "fermento natural; pão de queijo; massa de pizza; pão de centeio; farinha integral",
    ),
    _topic(
        "cycling",
        "gravel bikes; hill climbs; bicycle commuting; chain maintenance; cargo bikes; "
        "tubeless tyres; touring routes; night riding",
        "bicicletas de carga; manutenção da corrente; rotas de cicloturismo; pedal noturno; "
        "pneus sem câmara",
    ),
    _topic(
        "running",
        "marathon training; interval sessions; trail running; running shoes; recovery days; "
        "the first 5 km; breathing technique; half marathons",
        "treino de maratona; corrida de montanha; tênis de corrida; treino intervalado; "
        "os primeiros 5 km",
    ),
    _topic(
        "gardening",
        "tomato plants; balcony gardens; compost heaps; herb beds; rose pruning; "
        "raised beds; native wildflowers; drip irrigation",
        "hortas na varanda; compostagem; mudas de tomate; canteiros de ervas; "
        "irrigação por gotejamento",
    ),
    _topic(
        "astronomy",
        "Saturn's rings; backyard telescopes; meteor showers; exoplanets; lunar craters; "
        "the Milky Way; solar eclipses; dark-sky parks",
        "telescópios amadores; chuvas de meteoros; exoplanetas; eclipses solares; "
        "os anéis de Saturno",
    ),
    _topic(
        "photography",
        "street photography; prime lenses; long exposures; film cameras; portrait lighting; "
        "macro shots; photo archives; golden-hour light",
        "fotografia de rua; câmeras de filme; longa exposição; luz de retrato; fotografia macro",
    ),
    _topic(
        "board games",
        "cooperative board games; deck building; worker placement; chess openings; "
        "dice games; solo games; game nights; miniature painting",
        "jogos cooperativos; aberturas de xadrez; jogos de dados; noites de jogos; "
        "pintura de miniaturas",
    ),
    _topic(
        "personal finance",
        "index funds; household budgets; emergency savings; mortgage rates; pension plans; "
        "tax returns; compound interest; credit scores",
        "fundos de índice; orçamento doméstico; reserva de emergência; juros compostos; "
        "planos de previdência",
    ),
    _topic(
        "cities and transport",
        "night trains; bus lanes; tram networks; walkable streets; metro maps; "
        "car-free squares; railway stations; ferry lines",
        "trens noturnos; corredores de ônibus; ruas para pedestres; mapas de metrô; "
        "linhas de balsa",
    ),
    _topic(
        "climate and energy",
        "heat pumps; offshore wind; rooftop solar; home batteries; peatland restoration; "
        "carbon budgets; electricity grids; building insulation",
        "energia eólica; painéis solares; baterias domésticas; redes elétricas; "
        "orçamento de carbono",
    ),
    _topic(
        "music practice",
        "piano scales; jazz chords; choir rehearsals; fingerstyle guitar; drum rudiments; "
        "ear training; string quartets; home recording",
        "escalas de piano; acordes de jazz; ensaios de coral; violão dedilhado; treino auditivo",
    ),
    _topic(
        "languages",
        "irregular verbs; vocabulary cards; language exchanges; Japanese kanji; "
        "pronunciation drills; subtitles; graded readers; false friends",
        "verbos irregulares; cartões de vocabulário; intercâmbio de idiomas; "
        "treino de pronúncia; falsos cognatos",
    ),
)

TITLES = {
    "en": (
        "A beginner's guide to {x}",
        "{x}: what I wish I had known",
        "Seven mistakes with {x}, and how to avoid them",
        "A second look at {x}",
        "The quiet return of {x}",
        "What a year of {x} taught us",
        "{x}, explained with pictures",
        "A short history of {x}",
        "Getting better at {x} in thirty days",
        "The case against {x}",
        "Notes on {x} from a sceptic",
        "How experts think about {x}",
        "{x} on a small budget",
        "Ten questions about {x}, answered",
    ),
    "pt": (
        "Guia de {x} para iniciantes",
        "{x}: o que eu queria ter sabido antes",
        "Sete erros comuns: {x}",
        "{x} na prática",
        "O que um ano de {x} nos ensinou",
        "{x}: perguntas e respostas",
        "Uma breve história: {x}",
        "Por que ainda falamos de {x}",
        "{x} gastando pouco",
        "{x}: a visão de quem entende",
        "Trinta dias de {x}",
        "{x}, uma introdução ilustrada",
    ),
}

TEXTS = {
    "en": (
        "Much has been written about {x}, and most of it forgets where beginners stumble.",
        "We asked readers who care about {topic} what they would do differently.",
        "Begin small, keep notes, and change one thing at a time.",
        "The surprising part is how little equipment is needed.",
        "Here is what worked for us with {x}, what did not, and why.",
        "Opinions differ, so this piece gives the arguments of both sides.",
    ),
    "pt": (
        "Muito já se escreveu sobre {x}, mas quase tudo esquece quem está começando.",
        "Perguntamos a leitores o que fariam de outro modo.",
        "Comece pequeno, anote tudo e mude uma coisa de cada vez.",
        "O que surpreende é como se precisa de pouco equipamento.",
        "Contamos o que deu certo com {x}, o que não deu e por quê.",
        "As opiniões divergem: aqui estão os argumentos dos dois lados.",
    ),
}

AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/17.5",
    "Android - Native Mobile App",
    "iOS - Native Mobile App",
)
PLACES = {
    "en": (("NY", "US"), ("CA", "US"), ("ON", "CA"), ("LND", "GB")),
    "pt": (("SP", "BR"), ("MG", "BR"), ("RJ", "BR"), ("11", "PT")),
}
