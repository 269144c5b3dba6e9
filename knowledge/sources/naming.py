"""Labels of a table to the codes that prose gets: the catalogue's where it knows them, slugs otherwise."""

from dataclasses import dataclass, field

from knowledge.ledger.catalogue import Catalogue
from knowledge.ledger.codes import code_of

# What may follow the name of a place: the word for what kind of place it is.
_KINDS = ("", "市", "省", "区", "县", "自治区", " District", " district", " City", " Province", " Municipality")


@dataclass(frozen=True, slots=True)
class CatalogueNaming:
    """Names by a catalogue in the language of a table; equal labels are looked up once."""

    catalogue: Catalogue
    language: str
    _indicators: dict[str, str] = field(default_factory=dict)

    def indicator(self, label: str) -> str:
        """The code of an indicator."""
        if label not in self._indicators:
            found = self.catalogue.match_indicator(label, self.language)
            self._indicators[label] = found.code if found else code_of(label, self.language)
        return self._indicators[label]

    def area(self, name: str) -> str:
        """An area as it is called in print: codes become names, names stay as they are."""
        area = self.catalogue.areas.get(name)
        return name if area is None else area.names.get(self.language) or area.names.get("en") or name


def is_whole(catalogue: Catalogue, name: str) -> bool:
    """Whether a text is the name of an area, not a text that mentions one."""
    found = next(iter(catalogue.areas_in(name)), None)
    return found is not None and found[0] == 0 and name[found[1] :] in _KINDS
