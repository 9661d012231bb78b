"""What the invented surveys ask, in ordinary words, and what residents lean towards."""

from __future__ import annotations

NEED_QUESTION = "What does your area need most? (choose up to 3)"
NEEDS = (
    ("youth", "Somewhere for young people to go", None, 0.9),
    ("play", "Better places for children to play", None, 0.8),
    ("loneliness", "Company for people who are on their own", None, 0.7),
    ("green", "Parks, trees and green space", None, 0.9),
    ("community_space", "A place to meet: a hall, a café or a garden", None, 0.7),
    ("streets", "Clean streets, without litter and dog mess", None, 1.0),
    ("buses", "Better buses, evenings and Sundays too", "barriers", 1.1),
    ("homes", "Homes that local people can afford", "barriers", 1.0),
    ("safety", "Feeling safe when out and about", "crime", 1.1),
    ("damp", "Help with cold or damp homes", "living", 0.7),
    ("health", "Getting to see a doctor, nurse or dentist", "health", 1.3),
    ("mental_health", "Support with mental health and stress", "health", 0.8),
    ("jobs", "Good jobs and training near home", "employment", 0.9),
    ("money", "Help with food, bills and the cost of living", "income", 1.1),
)
"""Theme the wording is about, the wording, the domain it goes with, and how common it is."""

DISAGREES = (
    ("youth", ("Skerry Point", "Stannick", "Corrow-on-the-Hill"), 5.0),
    ("youth", ("Dunmoor", "Tollbeck"), 0.3),
    ("damp", ("Ellershope", "Pinfold"), 6.0),
    ("damp", ("Old Town", "Kettlegate"), 0.3),
    ("safety", ("Quay Hill",), 5.0),
)
"""Where voice and index disagree on purpose: theme, wards, how many times as often."""

STRENGTH_QUESTION = "What is good about living here?"
STRENGTHS = ("The sea and the countryside", "Friendly neighbours", "Parks and green space",
             "Schools, nurseries and clubs", "Local shops and cafés", "It is quiet",
             "Good transport links", "History and character")  # fmt: skip
OFFER_QUESTION = "What could you bring?"
OFFERS = ("A few hours a month", "Cooking, baking or growing food", "Driving people to places",
          "Skills such as accounts, IT or languages", "A room or garden others could use",
          "Teaching, coaching or mentoring", "Nothing at the moment")  # fmt: skip

AGES = ("Under 16", "16-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
AGE_WEIGHTS = (0.4, 3, 11, 17, 18, 20, 20, 10)
"""Who filled the form in: few under 25."""
GENDERS = ("Female", "Male", "Non-binary", "Prefer not to say")
GENDER_WEIGHTS = (60, 33, 2, 5)
TENURES = ("Own outright or with a mortgage", "Rent from the council or a housing association",
           "Rent privately", "Live with family or friends", "Prefer not to say")  # fmt: skip
TENURE_WEIGHTS = (62, 17, 12, 5, 4)
STAYED = ("Less than a year", "1 to 5 years", "6 to 20 years", "More than 20 years")

OTHER_NEEDS = (
    "Other: a warm room in winter for pensioners", "Other: somewhere to charge an electric car",
    "Other: Public toilets on the front!", "Other: dropped kerbs, for wheelchairs and prams",
    "a skate park 🛹", "More for teenagers, they are bored", "swimming pool",
    "Lower rents", "Somewhere to dance", "A bank",
)  # fmt: skip
COMMENTS = (
    "Please don’t close the library.", "The 14 bus stopped running after six and I can't get home.",
    "Lovely place, shame about the litter 😊", "“We were promised a playground in 2019.”",
    "My flat is damp, black mould in the children's bedroom.", "More benches, please.",
    "I could help on Saturdays", "No", "n/a", "Nobody ever asks us round here",
    "Waited three weeks for the doctor, and the dentist won't take anyone new.",
    "Teenagers have nothing to do, nowhere to go.", "Thank you for asking!",
    "Sea wall needs mending;\nit floods every winter", "=more lights on the footpath",
    "Cheaper food would help us the most", "It's changed a lot but the neighbours are great ❤️",
    "Speeding cars on the hill - someone will be hurt",
)  # fmt: skip
COMMENT_STARTS = ("", "", "", "Hello, ", "I would say: ", "As a mum of two - ", "Just this. ",
                  "For me: ", "From a pensioner: ", "Honestly, ", "One thing: ")  # fmt: skip
COMMENT_ENDS = ("", "", "", " Thank you.", " Thanks!", " Please listen this time.", " 🙏",
                " We have said so for years.", " Regards, a neighbour", " That is it")  # fmt: skip
PERSONAL_COMMENTS = (
    "Ring me about this: Marjorie Ottwell 07700 900123",
    "Happy to talk more, email priya.venn@example.org",
    "My name is Tomos Arkle and I run the boxing club, call 07700 900456.",
    "I'm at 14 Harlwell Street, KF2 1AB, the streetlight outside has been broken since May",
)
FIRST_NAMES = ("amira", "tomos", "jean", "olu", "priya", "dawid", "kath", "sean", "mei", "frank")
LAST_NAMES = ("ottwell", "arkle", "venn", "brimley", "sandgarth", "pellow", "rookby", "tarnley")
