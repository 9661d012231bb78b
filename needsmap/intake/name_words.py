"""Words around names: titles, small parts, and capitalised words that are no name."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "mr mrs ms mx dr prof professor rev reverend cllr councillor councilwoman councilman "
    "councilmember sir dame lord lady father fr sister imam rabbi pastor pc sgt judge mayor "
    "auntie aunty uncle nurse miss"
)

SMALL_PARTS = _words("de da di del della van von der den la le al el bin ibn ap ab mac o")

# Words with a capital that follow "I'm", "ask", "thank" and so on and are no name.
NO_NAME = _words(
    "i a the my we you he she it they this that in on at to for and or but not no yes of so if "
    "as is are was be been have has had do does did can could would should will just very too "
    "also british english welsh scottish irish northern polish pakistani indian bangladeshi "
    "african caribbean american european chinese german french spanish italian finnish somali "
    "nigerian ghanaian jamaican romanian ukrainian syrian afghan iranian iraqi kurdish turkish "
    "arab asian muslim christian catholic jewish hindu sikh buddhist black white brown gay "
    "lesbian bi trans deaf disabled autistic retired unemployed single married pregnant sorry "
    "sure fine happy glad monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december christmas "
    "easter ramadan eid diwali council city town village county borough district ward estate "
    "community neighbourhood local police nhs gp gps mp mps bbc uk usa us eu pcso asb send tv "
    "wifi google facebook zoom whatsapp covid brexit england wales scotland ireland britain "
    "london manchester birmingham leeds liverpool bristol oakland california helsinki america "
    "europe africa asia sir madam team both there here what when where who why how more less "
    "better parks buses housing homes health jobs schools crime safety youth food money "
    "everyone everybody someone nobody people children kids young old new good great thanks "
    "thank please hello hi dear all "
    "none nothing n/a labour tory conservative conservatives green lib dem tesco asda aldi lidl "
    "sainsbury sainsburys morrisons co-op boots greggs mcdonalds"
)

PLACE_WORDS = _words(
    "park parks road rd street st avenue ave lane close drive court crescent grove gardens "
    "garden terrace way place square hill green common wood woods field fields house hall "
    "centre center library school schools academy college church chapel mosque temple hospital "
    "surgery clinic station hotel pub arms estate ward village town city district bridge river "
    "canal beach bay pool baths stadium ground market mall theatre museum island fc united "
    "rovers city's shire county foundation trust council primary secondary infant infants "
    "junior nursery room club row parade mews walk rise quay yard gate moor bank view locks "
    "athletic rangers wanderers day's"
)

BEFORE_A_PLACE = _words(
    "calle plaza avenida paseo parque colegio iglesia barrio san santa santo virgen rue place "
    "avenue stryd heol ffordd capel eglwys ysgol canolfan parc storm st saint ss hurricane"
)
"""A name after one of these, with or without "de la" between, is a street's or a church's."""

NO_PERSON = frozenset(
    {"jack russell", "grant funding", "guy fawkes", "lord mayor", "lady mayoress"}
)
"""Two words that look like a first name and a surname and are neither."""


def is_kind_of_people(word: str) -> bool:
    """Say whether a word is a kind of people ("Welsh", "Christian") or no name at all."""
    return word in NO_NAME or word.endswith(("ish", "ian", "ese", "ican", "eli", "ist"))
