"""What stands before and after people's names: words of introduction, kin, offices, farewells."""

from __future__ import annotations

import re

LETTERS = r"(?:[^\W\d_][\u0300-\u036f]{0,3}){1,40}"
WORD = re.compile(rf"{LETTERS}(?:['’\-]{LETTERS}){{0,3}}\.?")
BEFORE_A_SURNAME = frozenset({"mr", "mrs", "ms", "mx", "dr", "cllr"})
LOWER_TITLES = frozenset({"mr", "mrs", "cllr"})
"""Titles that are no other word, so what follows is a name even in small letters."""
INTRODUCED = re.compile(
    r"(?:my (?:full |first |last )?name is|my name'?s|my name’s|name is|named|called|known as"
    r"|i am called|i'm called|full name\s?[:=-]|name\s?[:=-]|signed(?: by)?\s?[:,-]?"
    r"|fy enw i (?:yw|ydy)|mae fy enw i yn|me llamo|nimeni on|ich hei(?:ß|ss)e"
    r"|je m'appelle)\s{1,3}",
    re.IGNORECASE,
)
SURE_INTRODUCTION = re.compile(r"my |fy |mae |me l|nimeni|ich |je |full name|name\s?[:=]", re.I)
I_AM = re.compile(
    r"(?<!\w)(?:i am|i'm|i’m|im|this is|it's|it’s|here is|soy|fi yw)\s{1,2}", re.IGNORECASE
)
LEADS_TO_A_PERSON = frozenset(
    {"contact", "ask for", "ask", "speak to", "spoke to", "spoken to", "talk to", "talked to",
     "thank you to", "thanks to", "ring", "phone", "call", "email", "named", "nominate",
     "nominated", "recommend", "behalf of", "diolch i", "ddiolch i", "gracias a", "siarad â",
     "gofyn i", "hablar con", "written by", "completed by", "filled in by", "run by"}
)  # fmt: skip
RELATIONS = frozenset(
    {"neighbour", "neighbor", "friend", "son", "daughter", "husband", "wife", "partner", "mum",
     "dad", "mother", "father", "brother", "sister", "nan", "grandson", "granddaughter", "carer",
     "caretaker", "landlord", "landlady", "councillor", "headteacher", "vicar", "coach", "cousin",
     "colleague", "secretary", "treasurer", "vecino", "vecina", "hijo", "hija", "marido", "mujer",
     "esposo", "esposa", "madre", "padre", "hermano", "hermana", "amigo", "amiga", "mab", "merch",
     "gŵr", "gwraig", "ffrind", "cymydog", "cymdoges", "mam", "tad", "hi", "hello", "hiya", "dear",
     "hola", "helo", "annwyl", "querido", "querida", "mate", "lad", "boy", "girl", "driver",
     "señor", "señora", "sr", "sra", "don", "doña", "love from", "lots of love"}
)  # fmt: skip
OTHERS_BEFORE_A_NAME = frozenset(
    {"tell", "told", "met", "meet", "thank", "thanks", "with", "by", "from", "teacher", "doctor",
     "worker", "manager", "warden"}
)  # fmt: skip
KNOWN_BY = re.compile(
    r"(?<!\w)("
    + "|".join(sorted(LEADS_TO_A_PERSON | RELATIONS | OTHERS_BEFORE_A_NAME, reverse=True))
    + r")[,:]?\s{1,2}",
    re.IGNORECASE,
)
AND_I = re.compile(rf"({LETTERS})(?= (?:and (?:I|me|myself)|next door|across the road)(?!\w))")
LET_KNOW = re.compile(r"(?<!\w)[Ll]et\s{1,2}(?=[^\W\d_]{1,40} know)")
OFFICE = re.compile(
    r"\s?[,(–-]\s?(?:the |our |your )?(?:secretary|chair|chairman|chairwoman|treasurer|manager"
    r"|councillor|caretaker|warden|resident|tenant|volunteer|aged \d|age \d|\d\d\)?$)",
    re.IGNORECASE,
)
"""What stands after a person's name: an office, or an age."""
SIGN_OFF = re.compile(
    r"(?:regards|thanks|thank you|many thanks|cheers|sincerely|faithfully|best wishes|wishes|best"
    r"|love|yours|diolch|cofion|gracias|saludos|atentamente|kiitos|terveisin|me:|gan|[-–—~]"
    r"|\n)[\s,.!:–—-]{1,6}"
    r"((?:[^\W\d_][\w\u0300-\u036f'’.-]{0,30}[ ]?){1,4})[\s.!x]{0,6}\Z",
    re.IGNORECASE,
)
