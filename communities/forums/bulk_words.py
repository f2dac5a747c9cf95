"""What imagined people say: sentences in several languages and scripts, put together by number."""

import random

#: Language to (subjects, doings, places); a sentence takes one of each.
_SENTENCES: dict[str, tuple[list[str], list[str], list[str], str]] = {
    "en": (
        ["The survey of {n} plots", "Our new protocol", "The youngest ranger", "A camera beside path {n}",
         "The mangrove nursery", "Whoever counted last year", "A map drawn by elders",
         "The harvest calendar"],
        ["found more seedlings than we hoped", "showed otters by day", "needs a second pair of eyes",
         "counts birds before sunrise", "was agreed with the village council", "missed the dry season",
         "recorded {n} calls of the same frog", "tells which roots to leave"],
        ["along the northern creek", "in the burnt valley", "above the old terraces", "near pond {n}",
         "where the reef breaks", "under the tallest figs", "between the salt pans", "on the ridge"],
        "{a} {b} {c}.",
    ),
    "fr": (
        ["Le relevé de {n} placettes", "Notre nouveau protocole", "La plus jeune garde", "La pépinière",
         "Une carte dessinée par les anciens", "Le calendrier des récoltes"],
        ["a trouvé plus de plantules que prévu", "a montré des loutres en plein jour",
         "demande un second regard", "compte les oiseaux avant l’aube", "a manqué la saison sèche",
         "a noté {n} chants de la même grenouille"],
        ["le long du ruisseau nord", "dans la vallée brûlée", "au-dessus des terrasses",
         "près de l’étang {n}",
         "entre les marais salants", "sous les grands figuiers"],
        "{a} {b} {c}.",
    ),
    "es": (
        ["El muestreo de {n} parcelas", "Nuestro protocolo nuevo", "La guardaparques más joven", "El vivero",
         "Un mapa dibujado por los mayores", "El calendario de cosecha"],
        ["encontró más plántulas de lo esperado", "mostró nutrias de día", "necesita otra mirada",
         "cuenta aves antes del alba", "perdió la estación seca", "registró {n} cantos de la misma rana"],
        ["junto al arroyo del norte", "en el valle quemado", "sobre las terrazas viejas",
         "cerca de la laguna {n}",
         "entre las salinas", "bajo las higueras más altas"],
        "{a} {b} {c}.",
    ),
    "ru": (
        ["Обследование {n} площадок", "Наш новый протокол", "Самый молодой егерь", "Питомник",
         "Карта, которую нарисовали старейшины", "Календарь сбора"],
        ["показало больше всходов, чем мы надеялись", "требует второго взгляда", "учитывает птиц до рассвета",
         "согласован с советом деревни", "записал {n} голосов одной лягушки", "опоздал к сухому сезону"],
        ["вдоль северного ручья", "в выгоревшей долине", "над старыми террасами", "у пруда {n}",
         "между солончаками", "под самыми высокими соснами"],
        "{a} {b} {c}.",
    ),
    "ar": (
        ["مسح {n} قطعة", "بروتوكولنا الجديد", "أصغر الحراس", "مشتل القرم", "خريطة رسمها الشيوخ",
         "تقويم الحصاد"],
        ["وجد بادرات أكثر مما رجونا", "يحتاج إلى نظرة ثانية", "يعد الطيور قبل الفجر",
         "اتفق عليه مجلس القرية", "سجل {n} نداء للضفدع نفسه", "فاته موسم الجفاف"],
        ["على طول الجدول الشمالي", "في الوادي المحترق", "فوق المدرجات القديمة", "قرب البركة {n}",
         "بين الملاحات", "تحت أعلى أشجار التين"],
        "{a} {b} {c}.",
    ),
    "zh-hans": (
        ["对{n}个样方的调查", "我们的新规程", "最年轻的护林员", "红树林苗圃", "长者画的地图", "采收日历"],
        ["发现的幼苗比预期多", "需要另一双眼睛", "在日出前数鸟", "得到村委会同意",
         "记录了{n}次同种蛙鸣", "错过了旱季"],
        ["在北面小溪边", "在火烧过的山谷里", "在旧梯田上方", "在{n}号池塘附近", "在盐田之间",
         "在最高的榕树下"],
        "{c}，{a}{b}。",
    ),
}  # fmt: skip
#: How often each is spoken here, of a hundred.
_SHARES = {"en": 46, "fr": 14, "es": 14, "ru": 8, "ar": 9, "zh-hans": 9}
_LANGUAGES, _WEIGHTS = list(_SHARES), list(_SHARES.values())


def language_of(number: int) -> str:
    """The language of a thread; nearly all that is said in it is in this one."""
    return random.Random(f"thread {number}").choices(_LANGUAGES, _WEIGHTS)[0]  # noqa: S311


def title_of(number: int, language: str) -> str:
    chance = random.Random(f"title {number}")  # noqa: S311
    return _sentence(chance, language).rstrip(".。")[:150]


def html_of(thread: int, number: int, language: str) -> str:
    """About four hundred characters in two or three paragraphs, clean as ``richtext.clean`` leaves them."""
    chance = random.Random(f"post {thread} {number}")  # noqa: S311
    paragraphs = [2, 3, 2] if language != "zh-hans" else [4, 6, 4]
    joint = "" if language == "zh-hans" else " "
    return "".join(
        f"<p>{joint.join(_sentence(chance, language) for _turn in range(sentences))}</p>"
        for sentences in paragraphs[: chance.choice([2, 3, 3])]
    )


def _sentence(chance: random.Random, language: str) -> str:
    first, second, third, shape = _SENTENCES[language]
    said = shape.format(a=chance.choice(first), b=chance.choice(second), c=chance.choice(third))
    return said.replace("{n}", str(chance.randint(2, 9999)))
