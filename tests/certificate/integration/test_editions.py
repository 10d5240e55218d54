"""What a certificate says comes from the edition that its plan's frozen blueprint names."""

import io

import pypdf
import pytest

from services.certificate.application.errors import RequirementUnknown, UnitUnknown
from shared import ids
from shared.standards import SkillStandard, StandardUnknown, default_blueprint, load_standard
from shared.standards.catalogue import Catalogue
from tests.worlds.payloads import Candidate

pytestmark = pytest.mark.integration

PURCHASING = "kjdzsw:junior:purchasing"


@pytest.fixture
async def world(make_world, tmp_path):
    return await make_world("certificate", standards_dir=tmp_path / "own")


def edition(name: str, title: str) -> SkillStandard:
    data = load_standard("xb2b").model_dump(mode="json") | {"edition": name, "title": title}
    data["levels"][0]["units"][0]["tasks"][0]["requirements"][0]["description"] = f"{title}的第一项要求"
    return SkillStandard.model_validate(data)


async def achievement(world, certificate) -> dict:
    return (await world.credential(certificate))["credentialSubject"]["achievement"]


async def test_plans_of_two_editions_certify_with_the_titles_of_each(world):
    catalogue = Catalogue(world.service.settings.standards_dir)
    catalogue.save(edition("2.0", "第二版标准"))
    [old] = await world.issue("张三")
    world.blueprint = default_blueprint(catalogue.standard("xb2b", "2.0"), "junior")
    [new] = await world.issue("李四")
    catalogue.save(edition("3.0", "第三版标准"))
    [again] = await world.issue("王五")
    found = [await achievement(world, each) for each in (old, new, again)]
    assert [each["name"].partition("（")[0] for each in found] == [
        load_standard("xb2b").title,
        "第二版标准",
        "第二版标准",
    ]
    assert found[1]["alignment"][0]["targetName"] == "第二版标准的第一项要求"
    assert found[0]["alignment"][0]["targetName"] == load_standard("xb2b").requirement("xb2b:junior:1.1.1").description


async def test_plan_from_before_editions_were_told_keeps_the_built_in_edition(world):
    Catalogue(world.service.settings.standards_dir).save(edition("2.0", "第二版标准"))
    world.blueprint = world.blueprint.model_copy(update={"edition": None})
    [issued] = await world.issue("张三")
    assert (await achievement(world, issued))["name"].startswith(load_standard("xb2b").title)


async def test_missing_edition_is_refused_and_the_same_event_succeeds_once_it_is_there(world):
    catalogue = Catalogue(world.service.settings.standards_dir)
    world.blueprint = default_blueprint(edition("2.0", "第二版标准"), "junior")
    plan, candidate = ids.new_id(), Candidate()
    event = world.plan(plan)
    await world.tell(world.admitted(plan, candidate), world.result(plan, candidate))
    with pytest.raises(StandardUnknown, match=r"xb2b@2\.0"):
        await world.tell(event)
    assert await world.count() == 0
    catalogue.save(edition("2.0", "第二版标准"))
    await world.tell(event)
    assert await world.count() == 1


async def test_edition_that_is_taken_away_stops_results_until_it_is_back(world):
    catalogue = Catalogue(world.service.settings.standards_dir)
    file = catalogue.save(edition("2.0", "第二版标准"))
    world.blueprint = default_blueprint(catalogue.standard("xb2b", "2.0"), "junior")
    plan, candidate = ids.new_id(), Candidate()
    await world.tell(world.plan(plan), world.admitted(plan, candidate))
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(StandardUnknown):
        await world.tell(world.result(plan, candidate))
    file.write_bytes(content)
    await world.tell(world.result(plan, candidate))
    assert await world.count() == 1


async def test_certificate_of_one_unit_names_it_and_its_requirements(world):
    standard = load_standard("kjdzsw")
    world.blueprint = default_blueprint(standard, "junior", PURCHASING)
    [issued] = await world.issue("欧阳若兰")
    assert issued["number"].startswith("KZKJDZSWJ2026")
    found = await achievement(world, issued)
    assert found["name"] == f"{standard.title}（初级） · 初级采购技能"
    assert found["description"].endswith("(Junior) · Junior purchasing skills")
    assert found["id"].endswith("/a/kjdzsw/junior/purchasing")
    assert [each["targetCode"] for each in found["alignment"]] == [f"{PURCHASING}:{letter}" for letter in "ABC"]
    assert found["alignment"][0]["targetName"] == standard.requirement(f"{PURCHASING}:A").description
    assert "3 项" in found["criteria"]["narrative"]
    pdf = await world.document(issued, "pdf")
    [page] = pypdf.PdfReader(io.BytesIO(pdf.content)).pages
    text = "".join(page.extract_text().split())
    assert "初级采购技能" in text
    assert "3项职业技能要求" in text
    page = await world.http.get(issued["verify_url"].removeprefix("https://kz.test"), follow_redirects=True)
    assert "初级采购技能" in page.text


async def test_plan_on_a_unit_or_result_on_a_requirement_that_is_not_there_is_refused(world):
    world.blueprint = default_blueprint(load_standard("kjdzsw"), "junior", PURCHASING)
    with pytest.raises(UnitUnknown):
        await world.tell(world.plan(ids.new_id(), unit="kjdzsw:junior:nothing"))
    plan, candidate = ids.new_id(), Candidate()
    await world.tell(world.plan(plan), world.admitted(plan, candidate))
    world.blueprint = default_blueprint(load_standard("xb2b"), "junior")
    with pytest.raises(RequirementUnknown):
        await world.tell(world.result(plan, candidate))
