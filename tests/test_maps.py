"""Maps as files: what is in them, that they are the same each time, and that bad input writes nothing."""

from __future__ import annotations

import base64
import hashlib
import html as html_
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import Result

from oscegraph import drawings, export, map_data, maps
from oscegraph.api import Oscegraph
from oscegraph.errors import TooLarge
from oscegraph.events import Event, Options
from oscegraph.map_data import Drawing, mine, payload

Run = Callable[..., Result]
PRESETS: dict[str, tuple[str, ...]] = {
    "all": (),
    "units": ("--network", "units", "--weighting", "newman"),
    "around": ("--around", "IOM"),
    "themes": ("--preset", "themes"),
    "decisions": ("--preset", "decisions"),
    "places": ("--preset", "places"),
    "two-mode": ("--network", "two-mode", "--on", "drugs"),
}


def block(page: str, name: str) -> Any:
    """Return the data block of that id."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return the page of a preset, made by the command line once."""
    from click.testing import CliRunner

    from oscegraph.cli import cli

    folder = tmp_path_factory.mktemp("maps")
    made: dict[str, str] = {}

    def page(name: str) -> str:
        if name not in made:
            target = folder / f"{name}.html"
            result = CliRunner().invoke(cli, ["map", *PRESETS[name], "-o", str(target)])
            assert result.exit_code == 0, (result.output, result.exception)
            assert re.search(r"\d+ nodes, \d+ ties, \d\.\d\d MB", result.stderr)
            made[name] = target.read_bytes().decode("utf-8")
        return made[name]

    return page


@pytest.mark.parametrize("name", PRESETS)
def test_each_map_is_one_small_file_that_names_nothing_outside(name: str, pages: Callable[[str], str]) -> None:
    """Under 2 MB, and no element loads anything: the only scripts, styles and images are inside."""
    page = pages(name)
    assert len(page.encode()) < 2_000_000
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r"\b(?:src|srcset|action|data|poster)\s*=", outside)
    assert set(re.findall(r'href="([^"]*)"', outside)) == {"#tables"}
    assert "url(" not in outside and "@import" not in outside


@pytest.mark.parametrize("name", PRESETS)
def test_the_policy_allows_just_the_two_scripts_of_the_page(name: str, pages: Callable[[str], str]) -> None:
    """The policy names the hash of each inline script, and allows no other, no request and no form."""
    page = pages(name)
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found
    policy = html_.unescape(found[1])
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'" for s in scripts]
    assert len(scripts) == 2
    assert f"script-src {' '.join(hashes)};" in policy
    assert policy.startswith("default-src 'none';") and "connect-src" not in policy and "form-action 'none'" in policy


@pytest.mark.parametrize("name", PRESETS)
def test_the_data_of_a_map_hang_together(name: str, pages: Callable[[str], str]) -> None:
    """Every number in the data names something, every tie has its activities, every activity a place in the report."""
    page = pages(name)
    data, nodes, ties = block(page, "data"), block(page, "vis-nodes"), block(page, "vis-ties")
    assert len(data["nodes"]) == len(nodes) > 1 and len(data["ties"]) == len(ties) > 0
    assert len({node["id"] for node in data["nodes"]}) == len(nodes)
    for tie in data["ties"]:
        assert tie["e"] and tie["a"] != tie["b"] and max(tie["a"], tie["b"]) < len(nodes) and tie["w"] > 0
        assert all(0 <= item[0] < len(data["events"]) for item in tie["e"])
    for node in data["nodes"]:
        assert node["label"] and node["short"] and node["type"] < len(data["types"]) and node["group"] < len(data["groups"])
        assert all(event < len(data["events"]) for event in node["e"])
    for event in data["events"]:
        assert event["label"] and event["told"]
        assert all(len(told) == 3 and told[1] <= told[2] for told in event["told"])
        assert all(theme < len(data["themes"]) for theme in event["themes"])
    assert sum(kind["count"] for kind in data["types"]) == len(nodes)


@pytest.mark.parametrize("weighting", ["raw", "fractional", "newman", "jaccard"])
def test_weights_follow_from_the_shares_in_the_page(weighting: str, graph: Oscegraph) -> None:
    """What the page adds up for a tie is the weight in the network."""
    for network in ("co-organizers", "unit-partner"):
        drawing = drawings.of_network(graph.store, graph.directory, Options(network, weighting, series="n"))
        data = payload(drawing, graph.store, graph.directory)
        times = [sum(data["events"][e]["times"] for e in node["e"]) for node in data["nodes"]]
        for tie in data["ties"]:
            weight = sum(item[2] if len(item) > 2 else data["events"][item[0]]["share"] for item in tie["e"])
            if weighting == "jaccard":
                weight /= times[tie["a"]] + times[tie["b"]] - weight
            assert weight == pytest.approx(tie["w"], abs=1e-12)


def test_the_same_map_has_the_same_bytes(pages: Callable[[str], str], graph: Oscegraph) -> None:
    """Made again, in Python, the page is the same to the byte."""
    drawing = drawings.of_network(graph.store, graph.directory, Options())
    assert maps.html(drawing, graph.store, graph.directory) == pages("all")


def test_surroundings_are_the_actor_its_partners_and_their_ties(pages: Callable[[str], str], graph: Oscegraph) -> None:
    """Around IOM stand the actors tied to it, with the ties among them."""
    whole = graph.network()
    iom = graph.actor("IOM").iri
    wanted = nx.ego_graph(whole, iom)
    data = block(pages("around"), "data")
    assert {node["id"] for node in data["nodes"]} == set(wanted)
    assert len(data["ties"]) == wanted.number_of_edges()


def test_each_theme_has_a_panel_with_its_own_network(pages: Callable[[str], str], graph: Oscegraph) -> None:
    """The panel of a theme holds the ties that the network under that filter has."""
    data = block(pages("themes"), "data")
    panels = {panel["title"] for panel in data["panels"]}
    themes = {t.label: t for t in graph.directory.concepts("theme")}
    assert panels == set(themes)
    for label, theme in themes.items():
        tied = {(n["iri"]) for n in data["nodes"] if n["panel"] == label}
        filtered = graph.network(on=theme.iri.rsplit("/", 1)[-1])
        assert tied == {node for node, degree in filtered.degree() if degree}


def test_decisions_are_drawn_with_what_recalls_tasks_and_rests_on_them(
    pages: Callable[[str], str], graph: Oscegraph
) -> None:
    """Stated relations are the rows of the questions about decisions; a tie by rule alone is dashed."""
    data = block(pages("decisions"), "data")
    names = {relation: 1 << bit for bit, relation in enumerate(data["roles"])}

    def pairs(relation: str) -> set[tuple[str, str]]:
        return {
            (data["nodes"][t["a"]]["id"], data["nodes"][t["b"]]["id"])
            for t in data["ties"]
            if any(item[1] & names[relation] for item in t["e"])
        }

    recalled = {(r["instrument"], r["recalled"]) for r in graph.query("decision_recalls") if r["how"] == "itself"}
    assert {tuple(sorted(pair)) for pair in pairs("recalls")} == {tuple(sorted(map(str, pair))) for pair in recalled}
    asked = {(r["instrument"], r["addressee"]) for r in graph.query("decision_tasks") if r["addressee"]}
    drawn = {tuple(sorted(p)) for relation in ("tasks", "calls upon") for p in pairs(relation)}
    assert drawn == {tuple(sorted(map(str, pair))) for pair in asked}
    dashed = {index for index, tie in enumerate(data["ties"]) if tie.get("dashes")}
    by_rule = {i for i, t in enumerate(data["ties"]) if all(item[1] == names["basis by rule"] for item in t["e"])}
    assert dashed == by_rule != set()


def test_places_stand_where_they_are(pages: Callable[[str], str]) -> None:
    """East is right, north is up, and the coasts are there, without any border."""
    data = block(pages("places"), "data")
    at = {n["label"]: (v["x"], v["y"]) for n, v in zip(data["nodes"], block(pages("places"), "vis-nodes"), strict=True)}
    assert at["Lisbon"][0] < at["Vienna"][0] < at["Baku"][0] < at["Almaty"][0]
    assert at["Gothenburg"][1] < at["Vienna"][1] < at["Tirana"][1]
    assert len(data["outline"]) > 30 and sum(map(len, data["outline"])) > 1500


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--on", "nothing"), 2, "Valid"),
        (("--network", "no-such"), 2, "Networks: actors"),
        (("--weighting", "heavy"), 2, "newman"),
        (("--role", "boss"), 2, "organizer"),
        (("--type", "planet"), 2, "organization"),
        (("--from", "2015"), 2, "The network has no tie"),
        (("--least", "999"), 2, "lower --least"),
        (("--around", "Nobody At All"), 1, "No actor is known"),
        (("--around", "SPMU", "--from", "2015"), 2, "SPMU|Strategic Police Matters Unit has no tie"),
        (("--around", "SPMU", "--preset", "themes"), 2, "cannot be joined"),
        (("--preset", "decisions", "--on", "thb"), 2, "takes no filter"),
        (("--preset", "themes", "--from", "2015"), 2, "no tie"),
        (("--preset", "places", "--from", "2015"), 2, "no tie"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input_says_why_and_leaves_the_earlier_file(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    """Nothing is written: an earlier file keeps its content, and no other file appears."""
    target = tmp_path / "map.html"
    target.write_text("earlier")
    result = run("map", *words, "-o", str(target))
    assert result.exit_code == code
    assert re.search(says, result.output + str(result.exception)), (result.output, result.exception)
    assert target.read_text() == "earlier" and list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    """A folder that does not exist, or a folder in the place of the file: exit code 2 and one message."""
    for target in (tmp_path / "no" / "map.html", tmp_path):
        result = run("map", "--network", "units", "-o", str(target))
        assert result.exit_code == 2 and "cannot be written" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_the_earlier_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while the file is being put into its place, the earlier one is whole and nothing lies beside it."""
    target = tmp_path / "map.html"
    target.write_text("earlier")

    def stop(self: Path, mode: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export.Path, "chmod", stop)
    run("map", "--network", "units", "-o", str(target))
    assert target.read_text() == "earlier" and list(tmp_path.iterdir()) == [target]


def small(count: int, ties: list[tuple[int, int]], text: str = "x") -> Drawing:
    """Return a drawing of a made-up network, each tie with an activity of its own; `text` is in every text."""
    graph = nx.Graph(name="made-up", title=text, mode="one-mode", options=Options().as_dict())
    for node in range(count):
        graph.add_node(f"n{node}", label=f"{text} {node}", short=text, type="state", group="state", area=text, events=1)
    events = {}
    for index, (a, b) in enumerate(ties):
        events[f"urn:e{index}"] = Event(
            {f"n{a}": {"partner"}, f"n{b}": {"host"}}, label=text, chapters=["II.1.1"], themes=["drugs"]
        )
        graph.add_edge(
            f"n{a}",
            f"n{b}",
            weight=1.0,
            events=[f"urn:e{index}"],
            roles=["partner"],
            first=None,
            last=None,
            chapters=["II.1.1"],
            themes=["drugs"],
        )
    positions = {node: (index * 40, index % 7 * 40) for index, node in enumerate(graph)}
    return Drawing(graph, positions, text, events, mine(graph, events), help=[text])


def test_too_large_a_network_is_refused_with_advice(graph: Oscegraph, tmp_path: Path) -> None:
    """More nodes or ties than a browser can take: no file, and what to do instead."""
    many = small(map_data.MOST_NODES + 1, [(0, 1)])
    with pytest.raises(TooLarge, match=r"--least.*--around.*gexf"):
        maps.write(many, graph.store, graph.directory, tmp_path / "map.html")
    assert list(tmp_path.iterdir()) == []


def test_too_large_a_network_is_refused_before_it_is_laid_out(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    """On the command line too: exit code 2, and no time is spent on a drawing that nobody will see."""
    monkeypatch.setattr(map_data, "MOST_TIES", 100)
    monkeypatch.setattr(drawings.layout, "force", None)
    for words in ((), ("--around", "UNODC"), ("--preset", "themes")):
        result = run("map", *words, "-o", str(tmp_path / "map.html"))
        assert result.exit_code == 2 and isinstance(result.exception, TooLarge), result.exception
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"'><img src=x onerror=alert(1)>",
        "{{ 7 * 7 }} {% raw %}",
        "line\u2028separator\u2029",
        "half \ud800 pair",
        "nul \x00 and bell \x07",
        "x" * 10_000,
        "javascript:alert(1)",
    ],
    ids=["script", "comment", "attribute", "template", "separators", "surrogate", "control", "long", "link"],
)
def test_any_text_stays_text(text: str, graph: Oscegraph, tmp_path: Path) -> None:
    """The page keeps its six script elements, and the data block gives the text back as it was."""
    target = tmp_path / "map.html"
    maps.write(small(3, [(0, 1), (1, 2)], text), graph.store, graph.directory, target)
    page = target.read_bytes().decode("utf-8")
    assert len(re.findall(r"<script[ >]", page)) == len(re.findall(r"</script>", page)) == 6
    assert "<!--" not in page.replace("<!DOCTYPE", "")
    data = block(page, "data")
    assert data["nodes"][0]["short"] == text and data["events"][0]["label"] == text
