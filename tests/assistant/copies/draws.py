"""Names, years and numbers for copies of a notice: the same for the same seed, consistent with one another."""

import random
from dataclasses import dataclass
from typing import Any

CITIES = (
    "Lanyang Hefeng Qinghe Donglai Ruizhou Xishan Marrow Brackwater Osterley Vantaa Kelmore Tarrin Sundby Alcora "
    "Merrivale Jinxi Weihe Novara Halden Pemba"
).split()
PROGRAMMES = (
    "Three Gateways",
    "Blue Belt",
    "Open Doors",
    "Two Wings",
    "Silver Corridor",
    "Four Rivers",
    "Bright Coast",
    "New Anchor",
)
COUNTRIES = "Germany Japan Singapore France Canada Italy Norway Spain Australia Brazil".split()
SECTORS = ("logistics", "life sciences", "software", "electronics", "tourism", "food processing", "clean energy")
CITIES_ZH = ("青河市", "临江市", "瑞州市", "东莱市", "凤台市", "云溪市", "海陵市", "金沙市")
COUNTRIES_ZH = ("德国", "日本", "新加坡", "法国", "加拿大", "意大利", "韩国", "英国")
SECTORS_ZH = ("生物医药", "电子信息", "现代物流", "新能源", "高端装备", "文化旅游")
PLACES_DE = ("Lindental", "Westmark", "Rabenau", "Oberhain", "Seebrück", "Falkenstedt")
PLACES_FR = ("Valbrune", "Montserein", "Clairvoix", "Hauteval", "Portlune", "Beaurive")


@dataclass(frozen=True)
class Draw:
    """One draw: names by key, numbers by key. `d.new` reads the number or the name."""

    known: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.known[name]


def draw(seed: int) -> Draw:
    """Names and numbers of one copy."""
    chance = random.Random(seed)
    year = chance.randrange(2009, 2031)
    new = chance.randrange(900, 19_000)
    landed = round(new * chance.uniform(0.55, 0.93))
    growth = chance.randrange(31, 890) / 10
    invested = chance.randrange(120, 990)
    rate = chance.uniform(6.1, 7.3)
    one, two, three = chance.sample(range(7, 39), 3)
    places = dict(zip(("ca", "cb", "cc"), chance.sample(COUNTRIES, 3), strict=True))
    sectors = dict(zip(("sa", "sb", "sc"), chance.sample(SECTORS, 3), strict=True))
    zh = dict(zip(("za", "zb", "zc"), chance.sample(COUNTRIES_ZH, 3), strict=True))
    zs = dict(zip(("ya", "yb", "yc"), chance.sample(SECTORS_ZH, 3), strict=True))
    series = [chance.randrange(40, 300) for _ in range(4)]
    shares = sorted(chance.sample(range(6, 34), 3), reverse=True)
    return Draw(
        {
            "year": year,
            "next": year + 1,
            "last": year - 1,
            "y3": year - 2,
            "y4": year - 3,
            "city": chance.choice(CITIES),
            "programme": chance.choice(PROGRAMMES),
            "stadt": chance.choice(PLACES_DE),
            "ville": chance.choice(PLACES_FR),
            "shi": chance.choice(CITIES_ZH),
            **places,
            **sectors,
            **zh,
            **zs,
            "new": new,
            "landed": landed,
            "rate": int(landed / new * 100),
            "foreign": round(new * chance.uniform(0.03, 0.2)),
            "growth": growth,
            "fall": chance.randrange(11, 290) / 10,
            "invested": invested,
            "dollars": round(invested / rate, 1),
            "goal": int(round(new * chance.uniform(1.05, 1.4), -2)),
            "jobs": chance.randrange(1200, 46_000),
            "used": chance.randrange(105, 890) / 10,
            "used_half": chance.randrange(45, 100) / 10,
            "a": one,
            "b": two,
            "c": three,
            "s1": series[0],
            "s2": series[1],
            "s3": series[2],
            "s4": series[3],
            "p1": shares[0],
            "p2": shares[1],
            "p3": shares[2],
            "stock": chance.randrange(1500, 9000),
        }
    )
