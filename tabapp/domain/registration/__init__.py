"""Who takes part: what a person types about it, and whether that can be stored.

``fields`` what each field is called and may hold; ``texts`` cleaning and reading one value;
``register`` the names that are taken; ``check`` a new or changed record against both;
``profile`` what a person's record still lacks.

Rule: everything that is wrong is found at once, each at its field, and warnings keep nothing out.
"""

from tabapp.domain.registration.check import Entry, Where, check_edit, check_new, check_wishes
from tabapp.domain.registration.fields import FIELDS, KIND_WORDS, FieldRule, Form, Kind, rule_of
from tabapp.domain.registration.profile import (
    FIELD_WORDS,
    PersonKind,
    Profile,
    asked_of,
    fraction,
    is_complete,
    missing,
)
from tabapp.domain.registration.register import Register
from tabapp.domain.registration.texts import clean, fold, slug_of, split_list

__all__ = [
    "FIELDS",
    "FIELD_WORDS",
    "KIND_WORDS",
    "Entry",
    "FieldRule",
    "Form",
    "Kind",
    "PersonKind",
    "Profile",
    "Register",
    "Where",
    "asked_of",
    "check_edit",
    "check_new",
    "check_wishes",
    "clean",
    "fold",
    "fraction",
    "is_complete",
    "missing",
    "rule_of",
    "slug_of",
    "split_list",
]
