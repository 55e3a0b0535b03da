"""`kawan nlu`: train, test and serve the model."""

from __future__ import annotations

import time

import click

from kawan.commands.nlu_inbox import inbox
from kawan.errors import UserError
from kawan.evaluation import SPLITS, evaluate, print_report
from kawan.model import is_current
from kawan.model import train as train_model
from kawan.nlu_page import PAGE, nlu_page
from kawan.nlu_report import measure, read_figures
from kawan.nlu_server import NluServer, nlu_server, running_server
from kawan.settings import load_settings


@click.group()
def nlu() -> None:
    """The language model: train, test, serve, learn from use.

    Example: kawan nlu train
    """


@nlu.command("train")
@click.option(
    "--if-needed", is_flag=True, help="Only when data or configuration changed since the last time."
)
def train(if_needed: bool) -> None:
    """Train the Rasa model from nlu_data/ and config.yml.

    Example: kawan nlu train --if-needed
    """
    settings = load_settings()
    if if_needed and is_current(settings.model):
        click.echo("The model is current.")
        return
    began = time.monotonic()
    click.echo("Training the language model; about ten minutes the first time …")
    train_model(settings)
    click.echo(f"Trained in {time.monotonic() - began:.0f} s: {settings.model}")


@nlu.command("serve")
def serve() -> None:
    """Serve the model alone, for other `kawan` commands to use; Ctrl-C ends it.

    Example: kawan nlu serve
    """
    settings = load_settings()
    if running_server(settings) is not None:
        raise UserError("An NLU server is running already.")
    server = NluServer(settings)
    try:
        server.start()
        server.wait_until_ready()
        server.leave_note()
        assert server.endpoint is not None
        click.echo(f"Ready at {server.endpoint.url} (token in {settings.nlu_note}).")
        while server.is_alive():
            time.sleep(1)
    except KeyboardInterrupt:
        click.echo("")
    finally:
        server.stop()


@nlu.command("test")
@click.option("--split", type=click.Choice(list(SPLITS)), default="test", help="Which messages.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def test(split: str, as_json: bool) -> None:
    """Measure the model on messages it was never trained on.

    Example: kawan nlu test --split validation
    """
    settings = load_settings()
    with nlu_server(settings) as endpoint:
        report = evaluate(endpoint, split)
    print_report(report, as_json)


@nlu.command("report")
@click.option("--page-only", is_flag=True, help="Write the page from the figures that are there.")
def report(page_only: bool) -> None:
    """Measure the model beside other pipelines and write docs/nlu.md; takes an hour or more.

    Example: kawan nlu report
    """
    figures = read_figures() if page_only else measure(load_settings(), click.echo)
    PAGE.write_text(nlu_page(figures), "utf-8")
    click.echo(f"Written: {PAGE}")


nlu.add_command(inbox)
