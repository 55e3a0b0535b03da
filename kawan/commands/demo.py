"""`kawan demo`: invented cases to practise on in the console."""

from __future__ import annotations

import click

from hotline.practice.build import fill
from kawan.errors import UserError
from kawan.operator import operator_store
from knowledge.library import load_library
from store import practice
from store.database import write


@click.command()
@click.option("--remove", is_flag=True, help="Erase all cases for practice, also those staff have worked on.")
def demo(remove: bool) -> None:
    """Add invented cases to practise on: marked in the console, never counted, never sent to anybody.

    Example: kawan demo
    """
    with operator_store() as (db, keys), write(db):
        if remove:
            gone = practice.remove_all(db)
            click.echo(
                f"{gone} cases for practice are erased." if gone else "There are no cases for practice."
            )
            return
        there = practice.count(db)
        if there:
            raise UserError(
                f"There are {there} cases for practice already. To begin anew: kawan demo --remove"
            )
        made = len(fill(db, keys, load_library()))
    click.echo(f"{made} invented cases are there, marked as practice. To erase them: kawan demo --remove")
