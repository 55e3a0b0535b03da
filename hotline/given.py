"""What a handler is given when it names such a parameter: `desk: GivenDesk`, `member: GivenMember`."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from hotline.desk import Desk
from hotline.menu import Menu
from store.staff import Member

GivenDesk = NamedDependency[Desk]
GivenMember = NamedDependency[Member]  # who is signed in; only for pages that need a sign-in
GivenMenu = NamedDependency[Menu]
AnyRequest = Request[Any, Any, Any]
